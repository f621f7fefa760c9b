import type { RunFindings } from '../judging/judge.ts'
import type { LedgerSource } from '../judging/ledger-counts.ts'
import { balanced, type LedgerCounts } from '../judging/ledger-counts.ts'
import type { Standstill } from '../judging/standstill.ts'
import { rulesByTwoClocks } from '../protocol/checks/clock-rules.ts'
import type { Counter } from '../protocol/instants.ts'
import type { Clock, Intervals, Process, Result } from '../schemas/generated/types.ts'
import { steadyBlocks } from './blocks.ts'
import { rulesCheckedOf } from './checked-rules.ts'
import { summariesOf } from './histograms.ts'
import { ownFindings } from './own-findings.ts'
import type { Sending } from './row-intake.ts'
import type { RunContext } from './run-context.ts'
import { phaseRows, steadySeconds } from './run-phases.ts'
import { steadyCourses, unjudgedSteadiness } from './steady-courses.ts'
import type { WallClockJump } from './wall-clock-watch.ts'

/** All that the collector knows at the end of a run; `judging` makes the verdict of it and `result.ts` the file. */
export interface Facts extends Omit<RunFindings, 'scenario'> {
  phases: Result['phases']
  metrics: Result['metrics']
  counters: Record<Counter, number>
  rates: Result['rates']
  coverage: Result['coverage']
  processes: Process[]
  clocks: Clock[]
  intervals: Intervals
  /** Who and what was counted one by one, as the result has it. */
  detail: Pick<Result, 'stages' | 'attempts' | 'failures' | 'failedPosts' | 'losses' | 'nodes' | 'chatServers'>
  /** Counts that the merged result takes its shares and rates from. */
  merging: NonNullable<Result['merging']>
  notes: string[]
  /** Files of the result folder that could not be written, one sentence each. */
  unwritten: string[]
  startedMs: number
  endedMs: number
}

export interface FactParts {
  sending: Sending
  /** Counts taken elsewhere, to be held against each other. */
  sources: LedgerSource[]
  /** One sentence per gap or missing goodbye. */
  faults: string[]
  scriptErrors: readonly string[]
  wallClockJumps: readonly WallClockJump[]
  standstills: Standstill[]
  processes: Process[]
  notes: string[]
  neverPushed: string[]
  /** Of the second book. */
  neverHeard?: string[]
  /** At once during the run, and still at its end. */
  mostSessionsLive: number
  sessionsLive: number
  startedMs: number
  endedMs: number
  interrupted: string | undefined
}

/** Name of a counter behind `pushes_` or `notifications_`, whichever the ledger of this run is about. */
const countedAs = {
  repeated: 'repeated',
  duplicate: 'duplicate',
  foreign: 'foreign',
  lost: 'lost',
  open: 'open',
  out_of_order: 'outOfOrder',
} as const satisfies Record<string, keyof LedgerCounts>
type LedgerCounter = keyof typeof countedAs

export const ratedCounters = ['messages_sent', 'pings_sent', 'sessions_started', 'pushes_received'] as const
/** The others are only counted over the whole run; nobody must take their rate for 0. */
export const countedByPhase = new Set<Counter>([
  ...ratedCounters,
  'notifications_received',
  'requests_failed',
  'connections_lost',
  'dropped_iterations',
  'actions_blocked',
])
/** A steady phase of at least this length is judged for steadiness. */
export const steadyFromSeconds = 60

export function gatherFacts(context: RunContext, parts: FactParts): Facts {
  const { counting, histograms, clocks, violations, phases, ledger: book, heard: secondBook } = context
  const { startedMs, endedMs, sending, interrupted } = parts
  const { counts } = book
  const { isComet } = context.settings
  const things = isComet && !secondBook ? 'notifications' : 'pushes'
  for (const name of Object.keys(countedAs) as LedgerCounter[]) {
    counting.set(`${things}_${name}`, counts[countedAs[name]])
    if (secondBook) counting.set(`notifications_${name}`, secondBook.counts[countedAs[name]])
  }
  if (isComet) counting.set('notifications_by_resume', (secondBook ?? book).counts.covered)
  counting.set('sessions_live', parts.mostSessionsLive)
  const own = ownFindings(context, parts)
  const seconds = phases ? steadySeconds(phases, endedMs) : 0
  const rate = (counter: Counter) =>
    seconds > 0 && countedByPhase.has(counter) ? counting.steady(counter).achieved / seconds : undefined
  const intervals = context.columns?.finish(endedMs, parts.sessionsLive) ?? emptyIntervals(startedMs)
  const blocksOf = phases ? steadyBlocks(intervals, phases.steadyMs, phases.drainMs) : () => []
  const courses = phases && seconds >= steadyFromSeconds ? steadyCourses(intervals, phases) : undefined
  return {
    measured: {
      latency: (series, phase) => histograms.latency(series, phase, blocksOf),
      count: counter => counting.value(counter as Counter),
      rate: counter => rate(counter as Counter),
    },
    own,
    rules: violations.counts(),
    ...balancedBooks(context, parts),
    sessions: counting.value('sessions_started'),
    pushes: counting.value(`${things}_received`),
    ...(interrupted !== undefined && { interrupted }),
    ...(courses && { courses }),
    phases: phases ? phaseRows(phases, endedMs) : [],
    metrics: summariesOf(histograms.cells, blocksOf),
    counters: counting.all(),
    rates: Object.fromEntries(
      [...ratedCounters, ...(isComet ? (['notifications_received'] as const) : [])].map(counter => {
        const { offered, achieved } = counting.steady(counter)
        const perSecond = (count: number) => (seconds > 0 ? count / seconds : 0)
        return [counter, { offered: offered > 0 ? perSecond(offered) : null, achieved: perSecond(achieved) }]
      }),
    ),
    coverage: coverageOf(context),
    processes: parts.processes,
    clocks: clocks.all(),
    intervals,
    detail: detailOf(context),
    merging: {
      ready: sending.ready,
      sent: sending.sent,
      steady: counting.allSteady(),
      neverPushed: parts.neverPushed,
      ...(parts.neverHeard && { neverHeard: parts.neverHeard }),
    },
    ...(own.clockSteps.length > 0 && { doubtfulRules: rulesByTwoClocks }),
    notes: [
      ...parts.notes,
      ...unjudgedSteadiness(courses),
      ...(own.clockSteps.length > 0
        ? [`a clock was set: ${rulesByTwoClocks.join(', ')} compare instants of two clocks and are not judged`]
        : []),
      ...parts.neverPushed.map(kind => `${kind} events were never pushed by this target; they are not counted as lost`),
      ...(parts.neverHeard ?? []).map(
        kind => `${kind} events were never notified by this target over CometD; they are not counted as lost`,
      ),
    ],
    unwritten: [],
    startedMs,
    endedMs,
  }
}

function detailOf({
  stages,
  attempts,
  failures,
  failedPosts,
  losses,
  nodes,
  chatServers,
}: RunContext): Facts['detail'] {
  return {
    stages: stages.all(),
    attempts: [...attempts],
    failures: failures.all(),
    failedPosts: failedPosts.all(),
    losses: losses.all(),
    nodes: nodes.all(),
    chatServers: chatServers.all(),
  }
}

function coverageOf({ coverage, settings, counting, violations }: RunContext): Result['coverage'] {
  const { answers, pushes, kinds, seen } = coverage
  const sequenceObserved = settings.isHoldingAnswers && settings.areLanesNodes
  const checked = rulesCheckedOf({
    kinds: new Set([...kinds.keys(), ...seen]),
    isComet: settings.isComet === true,
    hasResumed: counting.value('connections_resumed') > 0,
    sequenceObserved,
  })
  // What was broken was checked, whatever came.
  const broken = violations.counts().map(({ rule }) => rule)
  return {
    answersValidated: answers,
    pushesValidated: pushes,
    kinds: Object.fromEntries(kinds),
    rulesChecked: [...new Set([...checked, ...broken])].sort(),
    sequenceObserved,
    notes:
      sequenceObserved || settings.isComet
        ? []
        : ['sequence not observed: no answer was held, so POSTs in flight cannot be told apart'],
  }
}

/** Each count is told with the book that it is about. */
function balancedBooks({ ledger, heard }: RunContext, { sources, faults }: FactParts): Pick<Facts, 'ledger' | 'heard'> {
  if (!heard) return { ledger: balanced(ledger.counts, sources, faults) }
  const isOfHeard = ({ what }: LedgerSource) => what === 'notifications'
  const ofPushes = sources.filter(source => !isOfHeard(source))
  const notifications = balanced(heard.counts, sources.filter(isOfHeard), [])
  const imbalances = notifications.imbalances.map(text => `notifications: ${text}`)
  return {
    ledger: balanced(ledger.counts, ofPushes, faults),
    heard: { ledger: { ...notifications, imbalances }, notifications: heard.counts.posts },
  }
}

function emptyIntervals(startedMs: number): Intervals {
  return { seconds: 1, start: new Date(startedMs).toISOString(), columns: {} }
}
