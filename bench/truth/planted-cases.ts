import { type Distribution, parseDistribution } from '../../protocol/distribution.ts'
import type { Summary } from '../../schemas/generated/types.ts'
import { plantedBounds } from './bounds.ts'
import { type Planted, plantedQuantiles } from './planted.ts'
import { percentiles } from './quantile.ts'
import { sameCount, truthRows } from './rows.ts'
import { truthOfPushes } from './stall-truth.ts'
import type { TruthCase } from './truth-case.ts'
import type { WatchedRun } from './watched-run.ts'

/** Well below a quarter of what two cores carry: 200 pushes a second and what they cause. */
export const load = {
  sessions: '2000',
  arrival: '400/s',
  'warm-up': '3s',
  hold: '25s',
  'message-rate': '20/s',
  'agent-rate': '180/s',
  'reply-delay': 'uniform(200ms,800ms)',
  'ping-interval': '0',
  push: 'payload',
  observe: '5s',
  shards: '2',
  seed: '4',
} as const

/** Written by the agent and pushed, as the target stamped them. */
export function steadyMessages({ messages, steadyMs, drainMs }: WatchedRun) {
  return messages.filter(({ plannedMs }) => plannedMs >= steadyMs && plannedMs < drainMs)
}

export function steadyOf({ result }: WatchedRun, series: string): Summary {
  const summary = result.metrics[series]?.steady
  if (!summary) throw new Error(`the run has no ${series}: ${result.verdict.sentence}`)
  return summary
}

/** @param baseMs What a push takes when nothing is planted; undefined = this run finds out. */
export function plantedCase(text: string | undefined, baseMs: () => number): TruthCase {
  const planted = text === undefined ? undefined : plantedQuantiles(parseDistribution(text) as Distribution)
  return {
    name: text ?? 'nothing planted',
    series: 'push_latency',
    options: text === undefined ? load : { ...load, fault: `late-push:100%,${text}` },
    // A run that does not trust itself is not judged either.
    unfit: ({ result }) => (result.verdict.exit === 3 ? result.verdict.sentence : undefined),
    compare(run) {
      const messages = steadyMessages(run)
      const corrected = steadyOf(run, 'push_latency')
      const raw = steadyOf(run, 'push_latency_raw')
      const truth = truthOfPushes(messages)
      return {
        rows: truthRows({ truth, corrected, raw, bounds: plantedBounds, rawIs: 'like-truth' }),
        checks: [
          { text: `exit ${run.result.verdict.exit}`, holds: run.result.verdict.exit === 0 },
          sameCount('messages', messages.length, corrected.count),
          sameCount('messages (raw)', messages.length, raw.count),
          sameCount('POSTs', run.posts, run.result.counters.pushes_received ?? 0),
        ],
        ...(planted && {
          planted: percentiles.map(percentile => plantedText(planted(percentile, messages.length), baseMs())),
        }),
      }
    },
  }
}

/** What was planted and what every push takes, with the range in which a sample of this size has it in 19 of 20 runs. */
function plantedText({ ms, lowMs, highMs }: Planted, baseMs: number): string {
  const [value, low, high] = [ms, lowMs, highMs].map(each => (each + baseMs).toFixed(1))
  return low === high ? value! : `${value} (${low} to ${high})`
}
