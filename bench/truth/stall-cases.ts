import { stallBounds } from './bounds.ts'
import { plannedSends } from './planned-sends.ts'
import { sameCount, type TruthCheck, truthRows } from './rows.ts'
import { truthOfSends } from './stall-truth.ts'
import { compareStamped, plannedSteady, pushes, steadyOf } from './stamped-series.ts'
import { saysThatItStood, stood } from './stood.ts'
import type { TruthCase } from './truth-case.ts'
import type { Standstill, WatchedRun } from './watched-run.ts'
import { load } from './ways.ts'

/** Mostly sends: each waits on a connection of its own while the target stands still. */
export const sending = { ...load, sessions: '1000', 'message-rate': '40/s', 'agent-rate': '10/s' } as const

export const stopMs = 10_000
const receiverStops: Standstill = { victim: 'receiver', ms: stopMs }

/** What was planned for the time in which a process stood still waits for its end; nothing else does. */
export const stallCases: readonly TruthCase[] = [
  {
    name: 'receiver stopped for 10 s',
    standstill: receiverStops,
    // The node must not give up the POST that it has in flight: a payload push is then lost (PUSH-075).
    options: { ...load, set: 'refserver.customhttp-timeout-ms=30000' },
    compare(run) {
      const { figure, checks } = compareStamped(run, pushes, stallBounds, run.stop)
      return { figures: [figure], checks: [stood(run, receiverStops), ...checks] }
    },
  },
  sendCase({ victim: 'target', ms: stopMs }, () => []),
  sendCase({ victim: 'k6', ms: stopMs }, run => saysThatItStood(run, ['schedule_lateness'])),
]

function sendCase(standstill: Standstill, more: (run: WatchedRun) => TruthCheck[]): TruthCase {
  const { victim } = standstill
  return {
    name: `${victim} stopped for 10 s`,
    standstill,
    options: sending,
    compare(run) {
      const isSentInTime = victim !== 'k6'
      const planned = plannedSends(run)
      const corrected = steadyOf(run, 'send_latency')
      const rows = truthRows({
        truth: truthOfSends(planned, run.stop ?? { fromMs: 0, toMs: 0 }, isSentInTime),
        corrected,
        raw: steadyOf(run, 'send_latency_raw'),
        bounds: stallBounds,
        rawIs: isSentInTime ? 'like-truth' : 'stall-free',
      })
      const texts = plannedSteady(run, run.pushed).length
      return {
        figures: [{ series: 'send_latency', rows }],
        checks: [
          stood(run, standstill),
          sameCount('sends', planned.length, corrected.count),
          sameCount(pushes.what, texts, steadyOf(run, 'push_latency').count),
          ...more(run),
        ],
      }
    },
  }
}
