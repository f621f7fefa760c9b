import type { Ledger } from '../judging/ledger.ts'
import type { PushedMode } from '../judging/session-ledger.ts'
import { createSessionWatch } from '../protocol/checks/session-watch.ts'
import type { Phase, Series } from '../protocol/instants.ts'
import type { PushMode } from '../protocol/push/mode.ts'
import type { Clocks } from './clocks.ts'
import type { Counting } from './counting.ts'
import type { Histograms } from './histograms.ts'
import type { IntervalColumns } from './intervals.ts'
import { phaseAt, type RunPhases } from './run-phases.ts'
import type { Session } from './session.ts'
import type { Violations } from './violations.ts'

/** What the run subscribed to, as far as the checks must know it. */
export interface RunSettings {
  run: string
  /** Number of shards; a device of another one is not ours. */
  shards: number
  /** Push mode of a session: a pure function of its numbers, as the scenario chose it. */
  modeOf(shard: number, session: number): PushMode | 'off'
  notifyRequestor: boolean
  /** The target is ours: every rule is judged, notices are joined by their index. */
  isReference: boolean
  observeMs: number
  /** The receiver holds its answers for some time, so that "one POST in flight" can be seen (PUSH-070). */
  isHoldingAnswers: boolean
  /** Each receiver path is one GMS node. */
  areLanesNodes: boolean
  /** Members of flex-push-content in force, if they are known. */
  flexPushContent?: readonly string[]
  resendDelayMs?: number
}

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
  sessions: Map<number, Session>
  /** Collector's clock: last answer and last POST that came. */
  lastAnswerMs: number
  lastPostMs: number
  /** Longest time that a notice waited in a node's queue lately, ms; Infinity without a trace. */
  queueAgeMs: number
  coverage: { answers: number; pushes: number; kinds: Map<string, number> }
  nowMs(): number
}

const mostSessionsOfShard = 2 ** 32

export function sessionOf(context: RunContext, shard: number, session: number): Session {
  const key = shard * mostSessionsOfShard + session
  return context.sessions.get(key) ?? openSession(context, shard, session, key)
}

function openSession(context: RunContext, shard: number, session: number, key: number): Session {
  const { settings, ledger } = context
  const { run, notifyRequestor, flexPushContent, resendDelayMs } = settings
  const mode = settings.modeOf(shard, session)
  const pushed: PushedMode | undefined = mode === 'off' ? undefined : mode
  const opened = {
    shard,
    session,
    name: `${shard}.${session}`,
    mode: pushed,
    watch: createSessionWatch({
      mode,
      notifyRequestor,
      run,
      shard,
      session,
      clockBoundMs: () => context.clocks.boundMs(shard),
      ...(flexPushContent && { flexPushContent }),
      ...(resendDelayMs !== undefined && { resendDelayMs }),
    }),
    chatId: undefined,
    isEnded: false,
    hasLeft: false,
    refused: [],
  } as unknown as Session
  opened.ledger = ledger.open(opened, pushed)
  context.sessions.set(key, opened)
  return opened
}

export function recordLatency(
  context: RunContext,
  series: Series,
  plannedMs: number,
  ms: number,
  toleranceMs?: number,
): void {
  context.histograms.record(series, phaseAt(context.phases, plannedMs), ms, toleranceMs)
  context.columns?.record(series, ms)
}

export function phaseOf(context: RunContext, plannedMs: number): Phase {
  return phaseAt(context.phases, plannedMs)
}

export function countKind(context: RunContext, kind: string): void {
  const { kinds } = context.coverage
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
}
