import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createControl } from '../../conformance/control.ts'
import type { Need } from '../../conformance/rules/rule.ts'
import { type PushSink, startPushSink } from '../../conformance/sink/push-sink.ts'
import type { Stack } from '../../conformance/stack.ts'
import { createHttp } from '../../conformance/story/http.ts'
import type { TargetFile, TargetStart } from '../../conformance/targets/target-file.ts'
import { parseDuration } from '../../protocol/duration.ts'
import { UserError } from '../program/user-error.ts'
import { type Child, startChild } from '../run/child.ts'
import { basicAuthorization } from './basic-authorization.ts'
import type { ConformSettings } from './settings.ts'

type TargetSettings = Pick<
  ConformSettings,
  'targetName' | 'target' | 'capabilities' | 'isDestructive' | 'insecure' | 'ca'
>

const root = fileURLToPath(new URL('../../', import.meta.url))
const controlGives: readonly Need[] = ['agent', 'time control', 'configuration', 'server control', 'fault injection']

/** What a started target says of itself. */
interface Ready {
  url: string
  urls?: readonly string[]
  control?: string
  health?: readonly string[]
}

export interface Stacks {
  stacks: readonly Stack[]
  capabilities: ReadonlySet<Need>
  /** Why it ended, while it runs undefined. */
  died(): string | undefined
  stop(): Promise<void>
}

/** The target as often as it is to be had, with the suite's receiver beside it. */
export async function startStacks(settings: TargetSettings): Promise<Stacks> {
  const { target } = settings
  const http = createHttp({
    insecure: settings.insecure,
    ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    timeoutMs: durationMs(target.patience, 5_000) + 5_000,
  })
  const children: Child<Ready>[] = []
  let death: string | undefined
  let sink: PushSink | undefined
  const stop = async () => {
    await Promise.all(children.map(child => child.stop()))
    await http.close()
    await sink?.close()
  }
  try {
    const takesPushes = target.start?.command.some(word => word.includes('{receiver}')) === true
    if (takesPushes || target.receiver !== undefined) sink = await startSink(target.receiver)
    const controlToken = fromEnvironment(target.control?.tokenVariable)
    const common = {
      service: target.service,
      authorization: authorizationOf(settings.target.credentials),
      nodeAuthorization: authorizationOf(settings.target.nodeApi),
      http,
      sink,
      fixedOptions: target.fixedOptions ?? [],
      maxIntervalMs: durationMs(target.maxInterval, 10_000),
      patienceMs: durationMs(target.patience, 5_000),
      absenceWindowMs: durationMs(target.absenceWindow, 5_000),
      isOurs: target.heldToDecisions === true,
    }
    const pages = {
      appDbid: target.health?.appDbid ?? '/app_dbid',
      processId: target.health?.processId ?? '/process_os_pid',
    }
    let stacks: Stack[]
    if (target.start) {
      children.push(...(await startInstances(settings.targetName, target.start, sink?.url ?? '')))
      for (const child of children) void child.ended.then(reason => (death ??= `the target ${reason}`))
      stacks = children.map(({ ready }, at) => ({
        ...common,
        name: `stack ${at + 1}`,
        urls: ready.urls ?? [ready.url],
        control: ready.control === undefined ? undefined : createControl(ready.control, http),
        health: { urls: (ready.health ?? []).map(url => new URL('/health', url).href), ...pages },
      }))
    } else {
      const control = target.control && createControl(target.control.url.replace(/\/$/, ''), http, controlToken)
      stacks = [
        {
          ...common,
          name: 'target',
          urls: target.urls!,
          control,
          health: { urls: target.health?.urls ?? [], ...pages },
        },
      ]
    }
    return { stacks, capabilities: capabilitiesOf(settings, stacks[0]!), died: () => death, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function capabilitiesOf({ target, capabilities, isDestructive }: TargetSettings, stack: Stack): ReadonlySet<Need> {
  const given = capabilities ?? [
    ...(target.capabilities ?? []),
    ...(stack.control ? controlGives : []),
    ...(stack.sink ? (['push sink'] as const) : []),
    ...(stack.nodeAuthorization ? (['node api'] as const) : []),
  ]
  if (given.includes('push sink') && !stack.sink)
    throw new UserError('push-sink needs --receiver URL, the address under which the target reaches this host')
  if (given.includes('node api') && !stack.nodeAuthorization && !stack.control)
    throw new UserError('node-api needs the credentials of the node status API: "nodeApi" in its target.json')
  // Timers of seconds pass by themselves.
  const isShort = target.maxInterval !== undefined
  const controlled = given.find(need => controlGives.includes(need) && !(need === 'time control' && isShort))
  if (controlled && !stack.control)
    throw new UserError(
      `${controlled.replaceAll(' ', '-')} needs the control port of the target: "control" in its target.json`,
    )
  return new Set([...given, ...(isDestructive ? (['destructive'] as const) : [])])
}

function startInstances(
  name: string,
  { command, instances = 1 }: TargetStart,
  receiver: string,
): Promise<Child<Ready>[]> {
  const [program, ...args] = command.map(word => word.replace('{receiver}', receiver))
  const isNode = program === 'node'
  const placed = args.map(word => (/^(scripts|tests)\/.*\.ts$/.test(word) ? join(root, word) : word))
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-conform-'))
  return Promise.all(
    Array.from({ length: instances }, (_, at) =>
      startChild<Ready>(
        `the target ${name}`,
        isNode ? process.execPath : program!,
        placed,
        join(folder, `target-${at + 1}.log`),
      ),
    ),
  )
}

/** On the port of the receiver's URL, for all interfaces where that is not loopback. */
function startSink(receiver: string | undefined): Promise<PushSink> {
  if (receiver === undefined) return startPushSink({ host: '127.0.0.1', port: 0 })
  const { hostname, port } = new URL(receiver)
  const isLoopback = hostname === 'localhost' || hostname.startsWith('127.')
  const host = isLoopback ? '127.0.0.1' : '0.0.0.0'
  return startPushSink({ host, port: Number(port) || 80, publicUrl: receiver }).catch(
    (error: NodeJS.ErrnoException) => {
      const why = { EADDRINUSE: 'is in use by another program', EACCES: 'may not be opened by this user' }[
        error.code ?? ''
      ]
      throw new UserError(`--receiver ${receiver}: port ${port || 80} of this host ${why ?? `fails: ${error.message}`}`)
    },
  )
}

function authorizationOf(credentials: TargetFile['credentials']): string | undefined {
  if (!credentials) return undefined
  const user = fromEnvironment(credentials.userVariable)
  const password = fromEnvironment(credentials.passwordVariable)
  // Not every GMS asks for them; one that does refuses the probe.
  if (user === undefined || password === undefined) return undefined
  return basicAuthorization(user, password)
}

function fromEnvironment(variable: string | undefined): string | undefined {
  return variable === undefined ? undefined : process.env[variable]
}

function durationMs(text: string | undefined, usual: number): number {
  const parsed = text === undefined ? usual : parseDuration(text)
  return typeof parsed === 'number' ? parsed : usual
}
