import { nearest } from '../protocol/nearest.ts'
import { parseRegressionBound } from '../protocol/regression-bound.ts'
import { parseThreshold } from '../protocol/threshold.ts'
import { pointMs } from './options/cut.ts'
import { hasPushes, type Kind, writeDuration } from './options/kinds.ts'
import { type Preset, profiles, scenarioFixed, scenarioPresets } from './options/profiles.ts'
import { shardsOf } from './options/shards.ts'
import {
  type OptionName,
  type OptionRow,
  optionNames,
  optionTable,
  type RunOptions,
  variableOf,
} from './options/table.ts'

export type { OptionName, RunOptions } from './options/table.ts'

export type Parsed = { options: RunOptions; errors?: never } | { errors: string[]; options?: never }

const rows = optionTable as Record<OptionName, OptionRow>

/**
 * Options of `run`, as typed: names without dashes; a switch has the text `true`. Below them lie the profile, what the
 * scenario means by its name, and the defaults of the table.
 * @param isTyped by a person, who is told of what would do nothing.
 */
export function parseOptions(
  pairs: Iterable<readonly [name: string, text: string]>,
  scenario = '',
  isTyped = true,
): Parsed {
  const errors: string[] = []
  const given = new Map<OptionName, string>()
  for (const [name, text] of pairs) {
    const known = optionNames.find(each => each === name)
    const meant = known ?? nearest(name, optionNames)
    if (known) given.set(known, rows[known].repeatable && given.has(known) ? `${given.get(known)};${text}` : text)
    else errors.push(`--${name} is not an option${meant ? `; did you mean --${meant}?` : ''}`)
  }
  const profile = profiles[given.get('profile') as keyof typeof profiles] ?? {}
  const preset = { ...presetOf(scenarioPresets[scenario] ?? {}, profile), ...scenarioFixed[scenario] }
  const options: Record<string, unknown> = {}
  for (const name of optionNames) {
    const { kind, default: usual } = rows[name]
    const text = textInForce(name, given.get(name), preset[name] ?? usual)
    const value = text === undefined ? undefined : kind.parse(text)
    if (isBad(value))
      errors.push(`--${name}: ${value.error}${/allowed/.test(value.error) ? '' : `; allowed: ${kind.allowed}`}`)
    else options[name] = value
  }
  if (errors.length === 0)
    errors.push(
      ...contradictions(options as RunOptions),
      ...transportErrors(options as RunOptions, scenario),
      ...(isTyped ? idleErrors(options as RunOptions, given, scenario) : []),
    )
  return errors.length > 0 ? { errors } : { options: options as RunOptions }
}

/** The profile wins over what the scenario means by its name, except in lists, which it adds to. */
function presetOf(scenario: Preset, profile: Preset): Preset {
  const both = optionNames.filter(name => rows[name].repeatable && scenario[name] && profile[name])
  return {
    ...scenario,
    ...profile,
    ...Object.fromEntries(both.map(name => [name, `${scenario[name]};${profile[name]}`])),
  }
}

/** What is given wins, except in lists, which it adds to. */
function textInForce(name: OptionName, given: string | undefined, usual: string | undefined): string | undefined {
  if (given === undefined || !usual || !rows[name].repeatable) return given ?? usual
  return `${usual};${given}`
}

/** Every option in force as text, by name. */
export function writeOptions(options: RunOptions): Partial<Record<OptionName, string>> {
  const entries = optionNames
    .filter(name => options[name] !== undefined)
    .map(name => [name, (rows[name].kind as Kind<unknown>).write(options[name])])
  return Object.fromEntries(entries)
}

/** Environment variables for k6. */
export function toEnvironment(options: RunOptions): Record<string, string> {
  const texts = Object.entries(writeOptions(options)) as [OptionName, string][]
  return Object.fromEntries(
    texts
      .filter(([name, text]) => rows[name].concerns === 'scenario' && text !== '')
      .map(([name, text]) => [variableOf(name), text]),
  )
}

/** @throws with all that is wrong: k6 then ends before the first request. */
export function fromEnvironment(environment: Record<string, string | undefined>, scenario: string): RunOptions {
  const names = optionNames.filter(name => rows[name].concerns === 'scenario' || name === 'profile')
  const pairs = names.flatMap(name => {
    const text = environment[variableOf(name)]
    return text === undefined || text === '' ? [] : [[name, text] as const]
  })
  // Our command line hands on every option in force.
  const { options, errors } = parseOptions(pairs, scenario, !environment.COLLECTOR)
  if (errors)
    throw new Error(errors.map(error => error.replace(/^--([a-z-]+)/, (_, name) => variableOf(name))).join('\n'))
  return options
}

function contradictions(options: RunOptions): string[] {
  const errors: string[] = []
  if (options['prometheus-port'] && options['prometheus-port'].port === options['receiver-port']) {
    errors.push('--prometheus-port and --receiver-port are the same; give each its own')
  }
  if (options.receiver !== undefined && options['receiver-port'] !== undefined) {
    errors.push('--receiver names a running receiver, --receiver-port starts one; give one of them')
  }
  errors.push(...partErrors(options), ...baselineErrors(options), ...cutErrors(options))
  for (const threshold of options.threshold) {
    try {
      const { kind } = parseThreshold(threshold)
      if (options['time-scale'] !== 1 && kind === 'latency') {
        errors.push(`--threshold '${threshold}': latency is not judged with --time-scale; leave one of them out`)
      }
    } catch (error) {
      errors.push(`--${(error as Error).message}`)
    }
  }
  return errors
}

function baselineErrors(options: RunOptions): string[] {
  const { baseline, 'max-regression': bounds, part } = options
  const errors: string[] = []
  if (bounds.length > 0 && baseline === undefined)
    errors.push('--max-regression needs --baseline RESULT, the result that this one may be worse than by so much')
  if (baseline !== undefined && part)
    errors.push('--baseline cannot be used with --part: merge the parts, then chatgauge compare the merged result')
  if (baseline !== undefined && options['time-scale'] !== 1)
    errors.push('--baseline cannot be used with --time-scale: latency is not judged on a faster clock')
  for (const bound of bounds) {
    try {
      parseRegressionBound(bound)
    } catch (error) {
      errors.push(`--${(error as Error).message}`)
    }
  }
  return errors
}

const cometScenario = 'cometd-chat'
const fileScenario = 'file-transfer'

/** Over REST customers are pushed; over CometD they hear, and are pushed beside it where they subscribe (PUSH-110). */
function transportErrors({ transport, push, cut, 'file-rate': fileRate }: RunOptions, scenario: string): string[] {
  const errors: string[] = []
  // A bare set of options is nobody's run.
  if (scenario === '') return errors
  if (scenario === cometScenario) {
    if (transport === 'rest')
      errors.push(
        `--transport: ${cometScenario} runs over CometD; allowed: websocket, long-polling; over REST there is async-chat`,
      )
    if (hasPushes({ push }))
      errors.push(
        `--push: ${cometScenario} has customers that hear over CometD alone; leave it out, or run async-chat --transport ${transport === 'rest' ? 'websocket' : transport}, whose customers are pushed as well`,
      )
    if (fileRate > 0) errors.push(`--file-rate: ${cometScenario} shares no files; leave it out, or run file-transfer`)
    return errors
  }
  const isFileScenario = scenario === fileScenario
  if (transport !== 'rest' && (isFileScenario || fileRate > 0))
    errors.push(
      `--transport ${transport}: files are shared over REST; leave it out, or ${isFileScenario ? 'run async-chat' : '--file-rate'}`,
    )
  if (cut && transport === 'rest')
    errors.push(
      `--cut: over REST there are no lasting connections that could be cut; run ${isFileScenario ? cometScenario : `${scenario} --transport websocket, or ${cometScenario}`}`,
    )
  return errors
}

/** What was given and would do nothing. */
function idleErrors(options: RunOptions, given: ReadonlyMap<OptionName, string>, scenario: string): string[] {
  if (scenario === '') return []
  const errors: string[] = []
  if (scenario === cometScenario) {
    // The parts of a run may name the one that they share, whatever comes to it.
    const ofReceiver = ['receiver', 'receiver-port', 'receiver-delay'] as const
    for (const name of ofReceiver)
      if (given.has(name) && !(name === 'receiver' && options.part))
        errors.push(`--${name}: in ${cometScenario} nothing is posted to a receiver; leave it out`)
    if (given.has('notify-requestor'))
      errors.push(`--notify-requestor: what a customer of ${cometScenario} does itself is in its answers; leave it out`)
    // Refused with --file-rate, if that is given.
    if (given.has('file-size') && options['file-rate'] === 0)
      errors.push(`--file-size: ${cometScenario} shares no files; leave it out, or run file-transfer`)
  } else if (given.has('file-size') && options['file-rate'] === 0)
    errors.push('--file-size: no files are shared without --file-rate; give that, too')
  return errors
}

/** --cut lies in the steady phase, and its stretch ends behind its beginning, in whatever units they are. */
function cutErrors({ cut, hold }: RunOptions): string[] {
  if (!cut) return []
  const { from, to } = cut
  const steady = `the steady phase, which lasts ${writeDuration(hold)} (--hold)`
  const behind = [from, to].find(point => 'ms' in point && point.ms > hold)
  if (behind && 'ms' in behind) return [`--cut: ${writeDuration(behind.ms)} lies behind ${steady}`]
  if (pointMs(from, hold) <= pointMs(to, hold)) return []
  return [`--cut: ${optionTable.cut.kind.write(cut)} ends before it begins in ${steady}`]
}

/** The parts of a run share everything that is not a shard's own. */
function partErrors(options: RunOptions): string[] {
  const { part } = options
  if (!part) return []
  const shared = [
    ['seed', 'N', 'every part plans from the same one'],
    ['target', 'URL', 'all parts load the same one'],
    ['receiver', 'URL', 'the target posts to one that all parts share (chatgauge receive)'],
  ] as const
  const isNeeded = (name: (typeof shared)[number][0]) => name !== 'receiver' || hasPushes(options)
  const missing = shared.filter(([name]) => isNeeded(name) && options[name] === undefined)
  const shards = shardsOf(options)
  return [
    ...missing.map(([name, value, why]) => `--part ${part.number}/${part.of} needs --${name} ${value}: ${why}`),
    ...(shards < part.of
      ? [
          `--part ${part.number}/${part.of}: this run has ${shards} shards, too few for ${part.of} parts; ` +
            (options.sessions < part.of ? 'it needs more sessions' : `give every part --shards ${part.of} or more`),
        ]
      : []),
  ]
}

function isBad(value: unknown): value is { error: string } {
  return value !== null && typeof value === 'object' && 'error' in value
}
