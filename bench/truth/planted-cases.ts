import { type Distribution, parseDistribution } from '../../protocol/distribution.ts'
import type { Summary } from '../../schemas/generated/types.ts'
import { plantedBounds } from './bounds.ts'
import { type Planted, plantedQuantiles } from './planted.ts'
import { percentiles } from './quantile.ts'
import { sameCount, truthRows } from './rows.ts'
import { truthOfPushes } from './stall-truth.ts'
import type { TruthCase } from './truth-case.ts'
import type { WatchedRun, WatchedScenario } from './watched-run.ts'

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

/** Half the customers and less time: k6 carries a connection for each. */
const cometLoad = {
  sessions: '1000',
  arrival: '250/s',
  'warm-up': '3s',
  hold: '20s',
  'message-rate': '20/s',
  'agent-rate': '180/s',
  'reply-delay': 'uniform(200ms,800ms)',
  observe: '5s',
  shards: '2',
  seed: '4',
} as const

/** How agents' texts come to customers: what is measured, what delays them, and who counts them. */
export interface Way {
  /** In front of the names of its cases. */
  prefix: string
  scenario: WatchedScenario
  series: 'push_latency' | 'notification_latency'
  load: Readonly<Record<string, string>>
  fault: 'late-push' | 'late-notification'
  counted: [what: string, counter: 'pushes_received' | 'notifications_received']
}

export const pushed: Way = {
  prefix: '',
  scenario: 'async-chat',
  series: 'push_latency',
  load,
  fault: 'late-push',
  counted: ['POSTs', 'pushes_received'],
}

export const heardOver = (transport: 'websocket' | 'long-polling'): Way => ({
  prefix: `CometD, ${transport}, `,
  scenario: 'cometd-chat',
  series: 'notification_latency',
  load: { ...cometLoad, transport },
  fault: 'late-notification',
  counted: ['notifications', 'notifications_received'],
})

/** Written by the agent and pushed or notified, as the target stamped them. */
export function steadyMessages({ messages, steadyMs, drainMs }: WatchedRun) {
  return messages.filter(({ plannedMs }) => plannedMs >= steadyMs && plannedMs < drainMs)
}

export function steadyOf({ result }: WatchedRun, series: string): Summary {
  const summary = result.metrics[series]?.steady
  if (!summary) throw new Error(`the run has no ${series}: ${result.verdict.sentence}`)
  return summary
}

/**
 * @param text The distribution, undefined = nothing is planted.
 * @param baseMs What a message takes on this way when nothing is planted, undefined = nobody has found out.
 */
export function plantedCase(way: Way, text: string | undefined, baseMs: () => number | undefined): TruthCase {
  const { prefix, scenario, series, fault, counted } = way
  return {
    name: `${prefix}${text ?? 'nothing planted'}`,
    series,
    scenario,
    options: text === undefined ? way.load : { ...way.load, fault: `${fault}:100%,${text}` },
    // A run that does not trust itself is not judged either.
    unfit: ({ result }) => (result.verdict.exit === 3 ? result.verdict.sentence : undefined),
    compare(run) {
      const messages = steadyMessages(run)
      const corrected = steadyOf(run, series)
      const raw = steadyOf(run, `${series}_raw`)
      const truth = truthOfPushes(messages)
      const base = baseMs()
      return {
        rows: truthRows({ truth, corrected, raw, bounds: plantedBounds, rawIs: 'like-truth' }),
        checks: [
          { text: `exit ${run.result.verdict.exit}`, holds: run.result.verdict.exit === 0 },
          sameCount('messages', messages.length, corrected.count),
          sameCount('messages (raw)', messages.length, raw.count),
          sameCount(counted[0], run.stamped, run.result.counters[counted[1]] ?? 0),
        ],
        ...(text !== undefined && base !== undefined && { planted: plantedTexts(text, messages.length, base) }),
      }
    },
  }
}

function plantedTexts(text: string, count: number, baseMs: number): string[] {
  const planted = plantedQuantiles(parseDistribution(text) as Distribution)
  return percentiles.map(percentile => plantedText(planted(percentile, count), baseMs))
}

/** What was planted and what every message takes, with the range in which a sample of this size has it in 19 of 20 runs. */
function plantedText({ ms, lowMs, highMs }: Planted, baseMs: number): string {
  const [value, low, high] = [ms, lowMs, highMs].map(each => (each + baseMs).toFixed(1))
  return low === high ? value! : `${value} (${low} to ${high})`
}
