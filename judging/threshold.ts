import { parseThreshold, type ThresholdRule } from '../protocol/threshold.ts'

const defaults = ['requests_failed count==0']
const pushDefaults = ['pushes_lost count==0', 'push_latency p(99)<500']

const notificationDefaults = ['notifications_lost count==0', 'notification_latency p(99)<500']

/** A given threshold replaces the default for that metric; a run without pushes or notifications has no defaults about them. */
export function thresholdsInForce(
  given: readonly string[],
  hasPushes = true,
  hasNotifications = false,
): ThresholdRule[] {
  const own = given.map(text => parseThreshold(text))
  const replaced = new Set(own.map(({ metric }) => metric))
  const usual = [...(hasPushes ? pushDefaults : []), ...(hasNotifications ? notificationDefaults : []), ...defaults]
  return [...usual.map(text => parseThreshold(text, true)).filter(({ metric }) => !replaced.has(metric)), ...own]
}

/** Our own delays: what is asked of them says nothing about how exactly the target must be measured. */
const ownDelays = new Set(['schedule_lateness', 'wakeup_delay', 'intake_delay', 'hearing_delay', 'sample_lag'])

/** The smallest upper limit on a latency of the target, which the validity limits are shares of; undefined = none. */
export function tightestLatencyLimit(rules: readonly ThresholdRule[]): number | undefined {
  const limits = rules.filter(
    ({ kind, metric, operator }) => kind === 'latency' && !ownDelays.has(metric) && operator.startsWith('<'),
  )
  return limits.length > 0 ? Math.min(...limits.map(({ limit }) => limit)) : undefined
}
