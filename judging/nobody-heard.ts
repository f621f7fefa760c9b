import type { Threshold } from '../schemas/generated/types.ts'
import { numberText } from './number-text.ts'

/** Of a reason that no longer run would take away. */
export const nobodySpoke = 'nobody but the customers said anything'
export const nothingMarked = 'no text among them begins with a marker of this run'

export interface Heard {
  notifications: number
  /** Messages of customers. */
  sent: number
  /** Of all phases. */
  isTimed: boolean
}

const otherLatency = "judge another latency, as with --threshold 'send_latency p(99)<500'"

/**
 * Over CometD a customer's own events are in its answers and no notifications (CV2-120). Where no agent answers, or one whose
 * texts say nothing of their plan, there is nothing to time, however long the run; who judges another latency then needs this one not.
 */
export function withUntimedHearing(
  thresholds: readonly Threshold[],
  { notifications, sent, isTimed }: Heard,
): Threshold[] {
  if (isTimed || sent === 0) return [...thresholds]
  const why =
    notifications === 0
      ? `${nobodySpoke}, and over CometD a customer hears only others (CV2-120); have an agent answer each chat, or ${otherLatency}`
      : `${numberText(notifications)} notifications came, and ${nothingMarked}, which tells when it was planned; ${otherLatency}`
  const isOtherJudged = thresholds.some(
    ({ metric, isDefault, samples }) =>
      (!isDefault || samples > 0) && /_latency(_raw)?$/.test(metric) && !isOfHearing(metric),
  )
  return thresholds.map(threshold => {
    const { metric, isDefault, samples, verdict } = threshold
    if (!isOfHearing(metric) || samples > 0 || verdict !== 'inconclusive') return threshold
    const told = { ...threshold, text: `${metric} has no sample: ${why}` }
    return isDefault && isOtherJudged ? { ...told, verdict: 'not-judged' } : told
  })
}

const isOfHearing = (metric: string) => metric.startsWith('notification_latency')
