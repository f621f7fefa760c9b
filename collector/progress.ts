import { neverReady } from './failed-requests.ts'
import { inOrder } from './failures.ts'
import { missingOf, type RunContext } from './run-context.ts'
import { phaseAt } from './run-phases.ts'

/** What is known while the run goes on; every figure is so far, not final. */
export interface Progress {
  elapsedSeconds: number
  phase: string
  sessionsLive: number
  /** CometD customers whose connection is lost and not yet resumed. */
  away: number
  messagesPerSecond: number
  /** They are notifications over CometD. */
  isComet: boolean
  pushesPerSecond: number
  /** Beside pushes. */
  notificationsPerSecond?: number
  pushes: number
  pushP99Ms: number | undefined
  /** Events whose push or notification has not come yet. */
  lost: number
  violations: number
  /** Requests, and tries of CometD customers to connect before their chat began. */
  failed: number
  /** What most of them failed at and with; undefined = none did, or they only waited for others. */
  mostFailed: { operation: string; outcome: string } | undefined
}

export function createProgress(
  context: RunContext,
  { startedMs, sessionsLive }: { startedMs: number; sessionsLive(): number },
): { read(nowMs: number): void; last(): Progress } {
  const { counting, histograms, heard, violations } = context
  const isComet = context.settings.isComet === true && !heard
  const [series, counter] = isComet
    ? (['notification_latency', 'notifications_received'] as const)
    : (['push_latency', 'pushes_received'] as const)
  let before = { atMs: startedMs, messages: 0, pushes: 0, notifications: 0 }
  let last: Progress = {
    elapsedSeconds: 0,
    phase: 'warm-up',
    sessionsLive: 0,
    away: 0,
    messagesPerSecond: 0,
    isComet,
    pushesPerSecond: 0,
    pushes: 0,
    pushP99Ms: undefined,
    lost: 0,
    violations: 0,
    failed: 0,
    mostFailed: undefined,
  }
  return {
    read(nowMs) {
      const messages = counting.value('messages_sent')
      const pushes = counting.value(counter)
      const notifications = counting.value('notifications_received')
      const seconds = Math.max(0.001, (nowMs - before.atMs) / 1000)
      const latency = histograms.latency(series, 'steady') ?? histograms.latency(series, 'warm-up')
      last = {
        // The plan begins a moment after it is told.
        elapsedSeconds: Math.max(0, (nowMs - (context.phases?.startMs ?? startedMs)) / 1000),
        phase: phaseAt(context.phases, nowMs),
        sessionsLive: sessionsLive(),
        away: Math.max(0, counting.value('connections_lost') - counting.value('connections_resumed')),
        messagesPerSecond: (messages - before.messages) / seconds,
        isComet,
        pushesPerSecond: (pushes - before.pushes) / seconds,
        ...(heard && { notificationsPerSecond: (notifications - before.notifications) / seconds }),
        pushes,
        pushP99Ms: latency?.plain(99),
        lost: missingOf(context).uncovered,
        violations: violations.total(),
        ...failing(context, last),
      }
      before = { atMs: nowMs, messages, pushes, notifications }
    },
    last: () => last,
  }
}

type Failing = Pick<Progress, 'failed' | 'mostFailed'>

function failing({ failures, losses }: RunContext, before: Failing): Failing {
  const tries = losses.count() === 0 ? [] : losses.all().filter(({ operation }) => operation === 'first try')
  const failed = failures.count() + tries.reduce((sum, { count }) => sum + count, 0)
  if (failed === before.failed) return { failed, mostFailed: before.mostFailed }
  // Whose turn never came waited for one of the others.
  const kinds = inOrder([...failures.all(), ...tries]).filter(({ outcome }) => outcome !== neverReady.outcome)
  return { failed, mostFailed: kinds[0] && { operation: kinds[0].operation, outcome: kinds[0].outcome } }
}
