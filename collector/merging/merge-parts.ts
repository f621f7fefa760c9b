import { type JudgeSettings, judge } from '../../judging/judge.ts'
import { numberText } from '../../judging/number-text.ts'
import { worstLimits } from '../../judging/worst-limits.ts'
import type { Counter } from '../../protocol/instants.ts'
import type { Result, ValidityLimit } from '../../schemas/generated/types.ts'
import { steadyBlocks } from '../blocks.ts'
import { countedByPhase, type Facts, steadyFromSeconds } from '../facts.ts'
import { causalityOf, type LatencyCells, latencyIn, summariesOf } from '../histograms.ts'
import { makeResult } from '../result.ts'
import { phaseRows } from '../run-phases.ts'
import { isAboutSteadiness, steadyCourses, unjudgedSteadiness } from '../steady-courses.ts'
import { mergedCellsOf } from './merged-cells.ts'
import { mergedDetail } from './merged-detail.ts'
import {
  addedUp,
  clocksOf,
  doubtfulRules,
  mergedCoverage,
  mergedPhases,
  mergedRates,
  mergedRules,
  namedNotes,
  processesOf,
  steadyCounts,
} from './merged-findings.ts'
import { mergedIntervals } from './merged-intervals.ts'
import { mergedLedger } from './merged-ledger.ts'
import { type Part, sharedOptions } from './part.ts'

export interface Merged {
  result: Result
  /** The added histograms, for histograms.hlog. */
  cells: LatencyCells
}

export type MergeSettings = Pick<JudgeSettings, 'basisOf' | 'unwritten'>

/** Adds the parts of one run (`findParts`) and judges once. */
export function mergeParts(parts: readonly Part[], settings: MergeSettings): Merged {
  const { options, scenario, seed, target, tool, environment } = parts[0]!.result
  const { facts, cells } = mergedFacts(parts)
  const together = commonSteady(parts)
  const limits = parts.map(({ name, result }) => ({ name, limits: result.validity }))
  const judgement = judge(
    { ...facts, scenario },
    {
      ...settings,
      thresholds: Array.isArray(options.threshold) ? options.threshold : [],
      hasPushes: options.push !== 'off',
      hasNotifications: isComet(options),
      isReference: target.reference,
      timeScale: target.timeScale ?? 1,
      withParts: ours => worstLimits([...ours, ...together], limits),
      ...ended(parts),
    },
  )
  const run = {
    version: tool.version,
    run: `m${parts[0]!.result.run}`,
    scenario,
    seed,
    options: sharedOptions(parts),
    target,
    environment,
  }
  return { result: makeResult(facts, judgement, run), cells }
}

/** Results of before the option have none. */
function isComet({ transport = 'rest' }: Part['result']['options']): boolean {
  return transport !== 'rest'
}

function mergedFacts(parts: readonly Part[]): { facts: Facts; cells: LatencyCells } {
  const results = parts.map(({ result }) => result)
  const startedMs = Math.min(...results.map(result => Date.parse(result.startedAt)))
  const endedMs = Math.max(...results.map(result => Date.parse(result.endedAt)))
  const cells = mergedCellsOf(results)
  const phases = mergedPhases(parts)
  const intervals = mergedIntervals(parts, phases?.startMs ?? startedMs)
  const blocksOf = phases ? steadyBlocks(intervals, phases.steadyMs, phases.drainMs) : () => []
  const seconds = phases ? (phases.drainMs - phases.steadyMs) / 1000 : 0
  const counters = addedUp<Counter>(results.map(result => result.counters))
  const steady = steadyCounts(parts)
  const ready = results.reduce((sum, { merging }) => sum + merging!.ready, 0)
  const sent = results.reduce((sum, { merging }) => sum + merging!.sent, 0)
  const ledger = mergedLedger(parts)
  const areBoth = results.every(({ notificationLedger }) => notificationLedger !== undefined)
  const heard = areBoth
    ? { ledger: mergedLedger(parts, 'notificationLedger'), notifications: counters.notifications_received }
    : undefined
  const interrupted = reasonOf(parts, 'interrupted')
  const courses = phases && seconds >= steadyFromSeconds ? steadyCourses(intervals, phases) : undefined
  const facts: Facts = {
    measured: {
      latency: (series, phase) => latencyIn(cells, series, phase, blocksOf),
      count: counter => counters[counter as Counter] ?? 0,
      rate: counter =>
        seconds > 0 && countedByPhase.has(counter as Counter) ? (steady[counter]?.achieved ?? 0) / seconds : undefined,
    },
    own: {
      latency: series => latencyIn(cells, series, 'steady') ?? latencyIn(cells, series, 'all'),
      droppedIterations: counters.dropped_iterations,
      ready,
      sent,
      causality: causalityOf(cells),
      imbalances: [...ledger.imbalances, ...(heard?.ledger.imbalances ?? [])],
      // Of these each part tells its own.
      clockBoundMs: undefined,
      uncompared: [],
      clockSteps: [],
      wallClockJumps: [],
      scriptErrors: [],
      standstills: [],
    },
    rules: mergedRules(parts),
    doubtfulRules: doubtfulRules(parts),
    ledger,
    ...(heard && { heard }),
    sessions: counters.sessions_started,
    pushes: isComet(parts[0]!.result.options) && !heard ? counters.notifications_received : counters.pushes_received,
    ...(interrupted !== undefined && { interrupted }),
    ...(courses && { courses }),
    phases: phases ? phaseRows(phases, endedMs) : [],
    metrics: summariesOf(cells, blocksOf),
    counters,
    rates: mergedRates(steady, seconds),
    coverage: mergedCoverage(parts),
    processes: processesOf(parts),
    clocks: clocksOf(parts),
    intervals,
    detail: mergedDetail(results),
    merging: {
      ready,
      sent,
      steady,
      neverPushed: neverByAll(parts, 'neverPushed'),
      ...(heard && { neverHeard: neverByAll(parts, 'neverHeard') }),
    },
    notes: [
      ...mergeNotes(parts, intervals.seconds),
      ...unjudgedSteadiness(courses),
      ...namedNotes(parts, result => result.notes.filter(note => !isAboutSteadiness(note))),
    ],
    unwritten: [],
    startedMs,
    endedMs,
  }
  return { facts, cells }
}

/** Who was interrupted, or could not run, or lost its target, is the whole run's matter. */
function ended(parts: readonly Part[]): Pick<JudgeSettings, 'couldNotRun' | 'targetDied'> {
  const couldNotRun = reasonOf(parts, 'could-not-run')
  // A threshold's reason names its metric.
  const targetDied = reasonOf(parts, 'threshold', ({ code }) => code === undefined)
  return { ...(couldNotRun !== undefined && { couldNotRun }), ...(targetDied !== undefined && { targetDied }) }
}

type Reason = Result['verdict']['reasons'][number]

function reasonOf(parts: readonly Part[], kind: Reason['kind'], isMeant: (reason: Reason) => boolean = () => true) {
  const found = parts.flatMap(({ name, result }) =>
    result.verdict.reasons.flatMap(each => (each.kind === kind && isMeant(each) ? [`${name}: ${each.text}`] : [])),
  )
  return found[0]
}

function neverByAll(parts: readonly Part[], never: 'neverPushed' | 'neverHeard'): string[] {
  const of = ({ result }: Part) => result.merging![never] ?? []
  return of(parts[0]!).filter(kind => parts.every(part => of(part).includes(kind)))
}

/** Half of the phase apart, the generators did not load the target together. */
const leastCommon = 0.5

function commonSteady(parts: readonly Part[]): ValidityLimit[] {
  const phases = parts.flatMap(({ result }) => result.phases.filter(({ name }) => name === 'steady'))
  if (phases.length === 0) return []
  const fromMs = Math.max(...phases.map(({ start }) => Date.parse(start)))
  const toMs = Math.min(...phases.map(({ start, seconds }) => Date.parse(start) + seconds * 1000))
  const longestMs = 1000 * Math.max(...phases.map(({ seconds }) => seconds))
  const value = longestMs === 0 ? null : Math.max(0, toMs - fromMs) / longestMs
  const ok = value === null || value >= leastCommon
  const share = `${numberText(100 * (value ?? 0))} % of the steady phase`
  const text = ok ? `the parts had ${share} in common` : `the parts did not run together: they had ${share} in common`
  return [{ name: 'common_steady', limit: leastCommon, value, unit: 'share', ok, text }]
}

function mergeNotes(parts: readonly Part[], blockSeconds: number): string[] {
  const starts = parts.map(({ result }) => Date.parse(result.startedAt))
  const apart = (Math.max(...starts) - Math.min(...starts)) / 1000
  const runs = parts.map(({ result }) => result.run).join(', ')
  const environments = new Set(parts.map(({ result }) => JSON.stringify(result.environment)))
  return [
    `merged from ${parts.length} parts, runs ${runs}, which began within ${numberText(apart)} s`,
    `the course over time is in steps of ${numberText(blockSeconds)} s, for which each part keeps histograms; those of each second are with the parts`,
    ...(environments.size > 1
      ? [`the parts ran on ${environments.size} different machines; shown is that of part 1`]
      : []),
  ]
}
