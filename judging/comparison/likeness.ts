import type { Comparison, Result } from '../../schemas/generated/types.ts'

type Difference = Comparison['differences'][number]
/** What is known of a run before it starts. */
type Plan = Pick<Result, 'scenario' | 'options'>

/** Options that decide what load the target gets: results that differ in one of them say nothing about each other. */
export const loadOptions = [
  ...['sessions', 'arrival', 'session-length', 'message-rate', 'agent-rate', 'reply-delay', 'ping-interval'],
  ...['push', 'notify-requestor', 'file-rate', 'file-size', 'transport', 'cut'],
]
/** Where it was written, what it was held against, and chance. */
export const ownOptions = [
  ...['profile', 'part', 'seed', 'threshold', 'baseline', 'max-regression', 'receiver-port', 'prometheus-port'],
  ...['vary', 'lowest', 'highest', 'most-trials', 'out', 'junit', 'summary', 'json', 'quiet'],
]
/** What no option asks for: older results do not have those that came later. */
const nothing = ['', '0', '0s', '0/s', 'false', 'rest']
/** Says nothing alone, and older results do not have it. */
const idleAlone = '--file-size'

/** What makes the load of both different, by the name of the option; empty = they are alike. */
export function unlikeLoads(result: Plan, baseline: Plan): Difference[] {
  return [
    ...(result.scenario === baseline.scenario ? [] : [difference('scenario', result.scenario, baseline.scenario)]),
    ...optionDifferences(result, baseline).filter(
      ({ name, value, baseline: before }) =>
        loadOptions.includes(name.slice(2)) && !(name === idleAlone && [value, before].includes(none)),
    ),
  ]
}

/** All that differs between both runs and is not its outcome: options, target, machine, programs. */
export function differencesOf(result: Result, baseline: Result): Difference[] {
  const { environment, target, tool } = result
  const before = baseline.environment
  return [
    ...(result.scenario === baseline.scenario ? [] : [difference('scenario', result.scenario, baseline.scenario)]),
    ...optionDifferences(result, baseline),
    ...differing('target', targetText(target), targetText(baseline.target)),
    ...differing('chatgauge', tool.version, baseline.tool.version),
    ...environmentNames.flatMap(name => differing(name, environment[name], before[name])),
  ]
}

const environmentNames = ['os', 'arch', 'cpus', 'cpuModel', 'memoryBytes', 'node', 'k6'] as const

/** Below it the spread between runs is hardly known. */
const fewRepeats = 5

/** Sentences that whoever reads the comparison must know. */
export function warningsOf(results: readonly Result[], baselines: readonly Result[]): string[] {
  const [result, baseline] = [results[0]!, baselines[0]!]
  const names = differencesOf(result, baseline).map(({ name }) => name)
  const machine = names.filter(name => ['os', 'arch', 'cpus', 'cpuModel', 'memoryBytes'].includes(name))
  const programs = names.filter(name => ['node', 'k6', 'chatgauge'].includes(name))
  const unlike = unlikeLoads(result, baseline).map(({ name }) => name)
  const doubtful = [
    ...results.map(run => ['the result', run] as const),
    ...baselines.map(run => ['the baseline', run] as const),
  ]
  return [
    ...(results.some(({ run }) => baselines.some(other => other.run === run)) ? ['both are the same run'] : []),
    ...(unlike.length > 0 ? [`the loads differ (${unlike.join(', ')}): a difference may be theirs`] : []),
    ...(results.length > 1 && Math.min(results.length, baselines.length) < fewRepeats
      ? [
          `${results.length} and ${baselines.length} repeats show large differences only; take ${fewRepeats} or more of each`,
        ]
      : []),
    ...(machine.length > 0 ? [`they ran on different machines (${machine.join(', ')})`] : []),
    ...(programs.length > 0 ? [`they were measured with different programs (${programs.join(', ')})`] : []),
    ...doubtful.flatMap(([name, run]) =>
      isInconclusive(run) ? [`${name} is inconclusive: ${run.verdict.sentence}`] : [],
    ),
  ]
}

/** By itself: that it could not be told from a baseline of its own takes nothing from its figures. */
function isInconclusive({ verdict, comparison }: Result): boolean {
  const ofBaseline = comparison?.regressions.map(({ text }) => text) ?? []
  return verdict.exit === 3 && verdict.reasons.some(({ text }) => !ofBaseline.includes(text))
}

function optionDifferences(result: Plan, baseline: Plan): Difference[] {
  const names = [...new Set([...Object.keys(baseline.options), ...Object.keys(result.options)])]
  return names
    .filter(name => !ownOptions.includes(name))
    .flatMap(name => differing(`--${name}`, result.options[name], baseline.options[name]))
}

/** One reference server is like another, whatever port it got. */
function targetText({ reference, url, gmsNodes, chatServers }: Result['target']): string {
  return reference ? `reference server, ${gmsNodes} GMS nodes, ${chatServers} Chat Servers` : url
}

function differing(name: string, value: unknown, before: unknown): Difference[] {
  const [now, then] = [textOf(value), textOf(before)]
  return now === then ? [] : [difference(name, now, then)]
}

function difference(name: string, value: string, baseline: string): Difference {
  return { name, value, baseline }
}

const none = '(none)'

function textOf(value: unknown): string {
  const text = Array.isArray(value) ? value.join('; ') : String(value ?? '')
  return nothing.includes(text) ? none : text
}
