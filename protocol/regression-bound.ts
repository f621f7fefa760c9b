import { counters, latencyMetrics } from './instants.ts'
import { nearest } from './nearest.ts'

/** How much worse than the baseline a result may be: `push_latency p(99) 10%`, `send_latency med 5ms`, `messages_sent rate 2%`. */
export interface RegressionBound {
  metric: string
  /** As results name it: p50 … p999, rate. */
  statistic: BoundStatistic
  /** The share of the baseline, or milliseconds, by which it may be worse. */
  allowed: { share: number } | { ms: number }
  /** As it was given: metric, statistic and limit. */
  text: string
}

export type BoundStatistic = (typeof percentileNames)[keyof typeof percentileNames] | 'rate'

/** The percentiles that a result keeps with an interval. */
const percentileNames = { 50: 'p50', 75: 'p75', 90: 'p90', 95: 'p95', 99: 'p99', 99.9: 'p999' } as const
/** Counters of which results have a rate. */
export const ratedMetrics = [
  'messages_sent',
  'pings_sent',
  'sessions_started',
  'pushes_received',
  'notifications_received',
] as const

const series = Object.entries(latencyMetrics).flatMap(([name, { hasRaw }]) => (hasRaw ? [name, `${name}_raw`] : [name]))
const shape = /^\s*(\S+)\s+(p\(\s*\d+(?:\.\d+)?\s*\)|\S+)\s+(\S+)\s*$/
const limit = /^(\d+(?:\.\d+)?)(%|ms|s)$/

export const boundExample = "'push_latency p(99) 10%'"

/** @throws Error with a sentence that names what is allowed. */
export function parseRegressionBound(text: string): RegressionBound {
  const found = shape.exec(text)
  if (!found)
    throw new Error(`max-regression '${text}' is not of the form METRIC STAT LIMIT, for example ${boundExample}`)
  const [, metric, statistic, allowed] = found as unknown as [string, string, string, string]
  const isLatency = series.includes(metric)
  if (!isLatency && !(ratedMetrics as readonly string[]).includes(metric)) throw new Error(unknownMetric(text, metric))
  return {
    metric,
    statistic: isLatency ? percentileOf(text, statistic) : rateOf(text, statistic),
    allowed: allowedOf(text, allowed, isLatency),
    text: `${metric} ${statistic.replaceAll(' ', '')} ${allowed}`,
  }
}

function unknownMetric(text: string, metric: string): string {
  if ((counters as readonly string[]).includes(metric))
    return `max-regression '${text}': ${metric} has no rate; hold the count itself to a limit: --threshold '${metric} count==0'`
  const known = [...series, ...ratedMetrics]
  const meant = nearest(metric, known)
  const hint = meant ? `did you mean ${meant}?` : `allowed are ${known.join(', ')}`
  return `max-regression '${text}': there is no metric ${metric}; ${hint}`
}

function percentileOf(text: string, statistic: string): BoundStatistic {
  const number = statistic === 'med' ? '50' : /^p\(\s*(\d+(?:\.\d+)?)\s*\)$/.exec(statistic)?.[1]
  const name = percentileNames[Number(number) as keyof typeof percentileNames]
  if (number !== undefined && name !== undefined) return name
  const allowed = ['med', ...Object.keys(percentileNames).map(each => `p(${each})`)].join(', ')
  throw new Error(`max-regression '${text}': ${statistic} has no interval in a result; allowed are ${allowed}`)
}

function rateOf(text: string, statistic: string): BoundStatistic {
  if (statistic === 'rate') return statistic
  throw new Error(`max-regression '${text}': ${statistic} is not allowed on a counter; allowed is rate`)
}

function allowedOf(text: string, allowed: string, isLatency: boolean): RegressionBound['allowed'] {
  const [, number, unit] = limit.exec(allowed) ?? []
  if (unit === '%') return { share: Number(number) / 100 }
  if (unit !== undefined && isLatency) return { ms: Number(number) * (unit === 's' ? 1_000 : 1) }
  const kinds = isLatency ? '10% or 20ms' : '2%'
  throw new Error(`max-regression '${text}': the limit '${allowed}' is not allowed; allowed is one like ${kinds}`)
}
