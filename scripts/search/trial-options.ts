import { samplesNeeded } from '../../judging/percentile.ts'
import type { Varied } from '../../judging/search/outcome-text.ts'
import { thresholdsInForce } from '../../judging/threshold.ts'
import { hasPushes } from '../../scenarios/options/kinds.ts'
import type { RunOptions } from '../../scenarios/options.ts'

/** The scenario whose runs are the trials. */
export const scenarioOf = { sessions: 'async-chat', messages: 'async-chat', pushes: 'push-latency' } as const

/** Where a search begins and what it never exceeds, unless it is asked. */
export const usualRange = {
  sessions: { lowest: 50, highest: 100_000 },
  messages: { lowest: 40, highest: 10_000 },
  pushes: { lowest: 40, highest: 10_000 },
} as const

/** Some chats end before the phase does, and with them a few of their events. */
const spareSamples = 1.15

/** Options of one trial: what is varied at this rate, and a steady phase that has the samples which its thresholds need. */
export function trialOptions(options: RunOptions, varied: Varied, rate: number, isReference: boolean): RunOptions {
  const at = { ...options, ...variedOptions(options, varied, rate) }
  const needed = samplesOf(at) * spareSamples
  const pushes = varied === 'pushes' ? rate : pushesPerSecond(at, isReference)
  const leastMs = pushes === 0 ? 0 : Math.ceil(needed / pushes) * 1_000
  return {
    ...at,
    hold: Math.max(at.hold, leastMs),
    vary: undefined,
    lowest: undefined,
    highest: undefined,
    'most-trials': undefined,
    junit: undefined,
    summary: undefined,
    out: undefined,
  }
}

function variedOptions(options: RunOptions, varied: Varied, rate: number): Partial<RunOptions> {
  if (varied === 'messages') return { 'message-rate': rate }
  // push-latency itself lets the customers speak at this rate where there is no agent.
  if (varied === 'pushes') return { 'agent-rate': rate, 'message-rate': 0 }
  // Each chat stays as lively as the options describe it, and all of them start within the same time.
  const times = rate / options.sessions
  return {
    sessions: rate,
    arrival: options.arrival * times,
    'message-rate': options['message-rate'] * times,
    'agent-rate': options['agent-rate'] * times,
  }
}

function pushesPerSecond(options: RunOptions, isReference: boolean): number {
  const own = (options['notify-requestor'] ?? !isReference) ? options['message-rate'] : 0
  // Each message of a customer is answered by our agent.
  return own + (isReference ? options['message-rate'] + options['agent-rate'] : 0)
}

/** How many pushes the percentiles of push_latency need that are held against a limit. */
function samplesOf(options: RunOptions): number {
  const rules = thresholdsInForce(options.threshold, hasPushes(options)).filter(({ metric }) =>
    metric.startsWith('push_latency'),
  )
  const needs = rules.map(({ statistic }) => (typeof statistic === 'object' ? samplesNeeded(statistic.percentile) : 1))
  return Math.max(0, ...needs)
}
