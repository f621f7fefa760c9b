import type { Ledger } from '../judging/ledger.ts'
import type { LeakWatch } from '../protocol/checks/bayeux/leaks.ts'
import type { Phase, Series } from '../protocol/instants.ts'
import type { ChatServers } from './chat-servers.ts'
import type { Clocks } from './clocks.ts'
import type { Counting } from './counting.ts'
import type { Failures } from './failures.ts'
import type { Histograms } from './histograms.ts'
import type { IntervalColumns } from './intervals.ts'
import { phaseAt, type RunPhases } from './run-phases.ts'
import type { RunSettings } from './run-settings.ts'
import type { Session } from './session.ts'
import type { Sessions } from './sessions.ts'
import type { StageBooks } from './stage-sums.ts'
import type { TargetNodes } from './target-nodes.ts'
import type { Violations } from './violations.ts'

/** What the parts of a running collector share. */
export interface RunContext {
  settings: RunSettings
  phases: RunPhases | undefined
  histograms: Histograms
  columns: IntervalColumns | undefined
  counting: Counting
  violations: Violations
  clocks: Clocks
  ledger: Ledger<Session>
  /** The second book, of notifications: of customers that are pushed and hear over CometD as well. `ledger` is then of pushes. */
  heard: Ledger<Session> | undefined
  sessions: Sessions
  /** CometD: whose clientId is whose. */
  leaks: LeakWatch
  failures: Failures
  /** POSTs of the target, by node; as the trace tells. */
  failedPosts: Failures
  /** CometD connections that were lost, and tries to get them back that failed. */
  losses: Failures
  stages: StageBooks
  nodes: TargetNodes
  chatServers: ChatServers
  /** Reliable notices by the attempt that they name, from 0; the last place counts all beyond. */
  attempts: number[]
  /** Collector's clock: last answer and last POST that came. */
  lastAnswerMs: number
  lastPostMs: number
  /** Longest time that a notice waited in a node's queue lately, ms; Infinity without a trace. */
  queueAgeMs: number
  coverage: {
    answers: number
    pushes: number
    arrivals: number
    kinds: Map<string, number>
    /** Types of events, and what else decides which rules could be broken: `checked-rules.ts`. */
    seen: Set<string>
  }
  nowMs(): number
}

export function recordLatency(
  context: RunContext,
  series: Series,
  plannedMs: number,
  ms: number,
  clockBoundMs = 0,
): void {
  context.histograms.record(series, phaseAt(context.phases, plannedMs), ms, clockBoundMs)
  context.columns?.record(series, ms)
}

/** What was given up: at least so late. */
export function recordAtLeast(context: RunContext, series: Series, plannedMs: number, ms: number): void {
  context.histograms.recordAtLeast(series, phaseAt(context.phases, plannedMs), ms)
}

export function phaseOf(context: RunContext, plannedMs: number): Phase {
  return phaseAt(context.phases, plannedMs)
}

/** In both books. */
export function missingOf({
  ledger,
  heard,
}: Pick<RunContext, 'ledger' | 'heard'>): ReturnType<Ledger<Session>['missing']> {
  const of = ledger.missing()
  const beside = heard?.missing() ?? { uncovered: 0, covered: 0 }
  return { uncovered: of.uncovered + beside.uncovered, covered: of.covered + beside.covered }
}

export function countKind(context: RunContext, kind: string): void {
  const { kinds } = context.coverage
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
}

export function seeTypes({ coverage }: RunContext, events: readonly { type: string }[]): void {
  for (const { type } of events) coverage.seen.add(type)
}
