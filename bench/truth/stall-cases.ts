import { stallBounds } from './bounds.ts'
import { plannedSends } from './planned-sends.ts'
import { load, steadyMessages, steadyOf } from './planted-cases.ts'
import { sameCount, type TruthCheck, truthRows } from './rows.ts'
import { truthOfPushes, truthOfSends } from './stall-truth.ts'
import type { TruthCase } from './truth-case.ts'
import { stopMs, type Victim, type WatchedRun } from './watched-run.ts'

/** Mostly sends: each waits on a connection of its own while the target stands still. */
export const sending = { ...load, sessions: '1000', 'message-rate': '40/s', 'agent-rate': '10/s' } as const

/** What was planned for the time in which a process stood still waits for its end; nothing else does. */
export const stallCases: readonly TruthCase[] = [
  {
    name: 'receiver stopped for 10 s',
    series: 'push_latency',
    victim: 'receiver',
    // The node must not give up the POST that it has in flight: a payload push is then lost (PUSH-075).
    options: { ...load, set: 'refserver.customhttp-timeout-ms=30000' },
    compare(run) {
      const messages = steadyMessages(run)
      const corrected = steadyOf(run, 'push_latency')
      const raw = steadyOf(run, 'push_latency_raw')
      const truth = truthOfPushes(messages, run.stop)
      return {
        rows: truthRows({ truth, corrected, raw, bounds: stallBounds, rawIs: 'like-truth' }),
        checks: [stood(run), sameCount('messages', messages.length, corrected.count)],
      }
    },
  },
  sendCase('target', run => [pushesCounted(run)]),
  sendCase('k6', run => {
    const { verdict, counters } = run.result
    const lateMs = steadyOf(run, 'schedule_lateness').p99.value ?? 0
    const limit = run.result.validity.find(({ name }) => name === 'schedule_lateness')
    return [
      pushesCounted(run),
      { text: `the run is invalid: exit ${verdict.exit}`, holds: verdict.exit === 3 },
      {
        text: `schedule_lateness p99 ${lateMs.toFixed(0)} ms (limit ${limit?.limit} ms), ${counters.dropped_iterations} actions dropped`,
        holds: limit !== undefined && lateMs > limit.limit,
      },
    ]
  }),
]

function sendCase(victim: Victim, more: (run: WatchedRun) => TruthCheck[]): TruthCase {
  return {
    name: `${victim} stopped for 10 s`,
    series: 'send_latency',
    victim,
    options: sending,
    compare(run) {
      const isSentInTime = victim !== 'k6'
      const planned = plannedSends(run)
      const corrected = steadyOf(run, 'send_latency')
      const truth = truthOfSends(planned, run.stop ?? { fromMs: 0, toMs: 0 }, isSentInTime)
      return {
        rows: truthRows({
          truth,
          corrected,
          raw: steadyOf(run, 'send_latency_raw'),
          bounds: stallBounds,
          rawIs: isSentInTime ? 'like-truth' : 'stall-free',
        }),
        checks: [stood(run), sameCount('sends', planned.length, corrected.count), ...more(run)],
      }
    },
  }
}

/** The stall lies within the steady phase, or its truth would be another one. */
function stood({ stop, steadyMs, drainMs }: WatchedRun): TruthCheck {
  if (!stop) return { text: 'nobody was stopped', holds: false }
  const seconds = ((stop.toMs - stop.fromMs) / 1000).toFixed(3)
  const at = ((stop.fromMs - steadyMs) / 1000).toFixed(1)
  return {
    text: `stopped for ${seconds} s, ${at} s into the steady phase`,
    holds: stop.fromMs > steadyMs && stop.toMs < drainMs && stop.toMs - stop.fromMs >= stopMs - 1,
  }
}

function pushesCounted(run: WatchedRun): TruthCheck {
  return sameCount('pushed messages', steadyMessages(run).length, steadyOf(run, 'push_latency').count)
}
