import { isWithin, shortStallBounds } from './bounds.ts'
import { plannedSends } from './planned-sends.ts'
import { ascending, quantile } from './quantile.ts'
import { sameCount, type TruthCheck } from './rows.ts'
import { truthOfSends } from './stall-truth.ts'
import { cometSends, compareStamped, notifications } from './stamped-series.ts'
import { saysThatItStood, stood } from './stood.ts'
import type { TruthCase } from './truth-case.ts'
import type { Standstill, WatchedRun } from './watched-run.ts'
import { heardOver } from './ways.ts'

const { prefix, scenario, load } = heardOver('websocket')

/** Enough sends in twelve seconds for a p99. */
const sending = {
  ...load,
  sessions: '500',
  'warm-up': '2s',
  hold: '12s',
  'message-rate': '40/s',
  'agent-rate': '100/s',
}

/** As a long garbage collection: one message in fifteen meets it, which p99 shows and p90 does not. */
const stopMs = 800

/** Over CometD the target stamps notification and answer alike, and so the stall is known message by message. */
export const cometStallCases: readonly TruthCase[] = [
  stallCase({ victim: 'target', ms: stopMs }, () => []),
  // Where customers only listen there is no schedule that could be late.
  stallCase({ victim: 'k6', ms: stopMs }, run => saysThatItStood(run, ['schedule_lateness', 'hearing_delay'])),
]

function stallCase(standstill: Standstill, more: (run: WatchedRun) => TruthCheck[]): TruthCase {
  const { victim } = standstill
  return {
    name: `${prefix}${victim} stopped for 0.8 s`,
    scenario,
    standstill,
    options: sending,
    compare(run) {
      // Customers read in k6.
      const readAfter = victim === 'k6' ? run.stop : undefined
      const sends = compareStamped(run, cometSends, shortStallBounds, readAfter)
      const heard = compareStamped(run, notifications, shortStallBounds, readAfter)
      return {
        figures: [sends.figure, heard.figure],
        checks: [
          stood(run, standstill),
          ...sends.checks,
          ...heard.checks,
          ...likePlan(run, sends.truth.corrected),
          ...more(run),
        ],
      }
    },
  }
}

/** The target's stamps themselves, held against who needs none: the seed, and when the signals were sent. */
function likePlan(run: WatchedRun, stampedMs: readonly number[]): TruthCheck[] {
  const planned = plannedSends(run)
  const waits = truthOfSends(planned, run.stop ?? { fromMs: 0, toMs: 0 }, true).corrected
  const [byPlan, byStamps] = [waits, stampedMs].map(each => quantile(ascending(each), 99)) as [number, number]
  return [
    sameCount('planned sends', planned.length, stampedMs.length),
    {
      text: `send_latency p99 by the plan and the stop ${byPlan.toFixed(1)} ms, by the stamps ${byStamps.toFixed(1)} ms`,
      holds: isWithin(shortStallBounds, 99, byPlan, byStamps),
      isTimed: true,
    },
  ]
}
