import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Need } from '../../conformance/rules/rule.ts'
import { type KnownFailing, readKnownFailing } from '../../conformance/runner/known-failing.ts'
import type { Selection } from '../../conformance/runner/select.ts'
import { capabilities, readTargetFile, type TargetFile } from '../../conformance/targets/target-file.ts'
import type { Typed } from '../program/command.ts'
import { didYouMean } from '../program/did-you-mean.ts'
import { UserError } from '../program/user-error.ts'
import { wholeNumber } from '../program/whole-number.ts'
import { type PlantedFault, readFault } from './planted-fault.ts'

const targetFolders = fileURLToPath(new URL('../../conformance/targets/', import.meta.url))

export interface ConformSettings {
  /** As typed, or the name of the folder. */
  targetName: string
  target: TargetFile
  /** Stated on the command line: exactly these. */
  capabilities: readonly Need[] | undefined
  isDestructive: boolean
  insecure: boolean
  ca: string | undefined
  selection: Selection
  knownFailing: readonly KnownFailing[]
  fault: PlantedFault | undefined
  seed: number
  isVerbose: boolean
}

export function readConformSettings(typed: Typed): ConformSettings {
  const targetName = typed.value('target') ?? 'reference'
  const folder = folderOf(targetName)
  const file = folder === undefined ? undefined : join(folder, 'target.json')
  const fromFile = file === undefined ? targetAt(targetName) : userError(() => readTargetFile(read(file), file))
  const receiver = typed.value('receiver')
  if (receiver !== undefined && URL.parse(receiver)?.protocol !== 'http:')
    throw new UserError(`--receiver ${receiver}: an http URL under which the target reaches this host is needed`)
  const fault = typed.value('fault')
  if (fault !== undefined && targetName !== 'reference')
    throw new UserError(
      '--fault plants faults in the reference server, which is not the target here: leave --target out',
    )
  const list = typed.value('known-failing') ?? (folder && join(folder, 'known-failing.json'))
  const isGiven = typed.has('known-failing')
  if (isGiven && !existsSync(list!)) throw new UserError(`--known-failing ${list}: there is no such file`)
  const ca = typed.value('ca')
  return {
    targetName,
    target: {
      ...fromFile,
      ...(typed.has('service') && { service: typed.value('service')! }),
      ...(receiver !== undefined && { receiver }),
    },
    capabilities: typed.has('capabilities') ? readCapabilities(typed.value('capabilities')!) : undefined,
    isDestructive: typed.has('destructive'),
    insecure: typed.has('insecure'),
    ca: ca === undefined ? undefined : readCa(ca),
    selection: { only: words(typed, 'only'), skip: words(typed, 'skip'), cases: typed.values('case') },
    knownFailing:
      list !== undefined && (isGiven || existsSync(list)) ? userError(() => readKnownFailing(read(list), list)) : [],
    fault: fault === undefined ? undefined : readFault(fault),
    seed: wholeNumber(typed, 'seed', undefined, 0, 4_294_967_295) ?? Math.floor(Math.random() * 4_294_967_296),
    isVerbose: typed.has('verbose'),
  }
}

/** Once or several times, and several in one with commas between. */
function words(typed: Typed, name: string): string[] {
  return typed.values(name).flatMap(each => each.split(','))
}

/** A name in conformance/targets, or the path of a folder with a target.json. */
function folderOf(target: string): string | undefined {
  if (/^https?:\/\//.test(target)) return undefined
  const folder = [join(targetFolders, target), resolve(target)].find(each => existsSync(join(each, 'target.json')))
  if (folder !== undefined) return folder
  const names = readdirSync(targetFolders, { withFileTypes: true })
    .filter(each => each.isDirectory())
    .map(({ name }) => name)
  throw new UserError(
    `--target ${target} is no URL and no folder with a target.json${didYouMean(target, names)}; there are ${names.join(', ')}`,
  )
}

function targetAt(url: string): TargetFile {
  const parsed = URL.parse(url)
  if (!parsed) throw new UserError(`--target ${url} is no URL, such as http://gms.example.com:8080`)
  if (parsed.pathname !== '/')
    throw new UserError(
      `--target ${url}: only host and port are needed (${parsed.origin}), the service goes into --service`,
    )
  return { describes: 'Given on the command line.', urls: [parsed.origin], service: 'customer-support' }
}

/** `push-sink,time-control`. */
function readCapabilities(text: string): Need[] {
  const words = text
    .split(',')
    .map(word => word.trim().replaceAll('-', ' '))
    .filter(word => word !== '' && word !== 'none')
  return words.map(word => {
    const known = capabilities.find(each => each === word)
    if (known) return known
    const names = capabilities.map(each => each.replaceAll(' ', '-'))
    throw new UserError(
      `--capabilities ${word.replaceAll(' ', '-')} is not known${didYouMean(word, names)}; there are ${names.join(', ')}, none`,
    )
  })
}

function readCa(file: string): string {
  if (!existsSync(file)) throw new UserError(`--ca ${file}: there is no such file`)
  const text = read(file)
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new UserError(`--ca ${file} has no certificate in PEM form (-----BEGIN CERTIFICATE-----)`)
  return text
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}

/** What is wrong in a file that a user wrote is the user's to correct. */
function userError<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new UserError((error as Error).message)
  }
}
