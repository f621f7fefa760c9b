import { type Counter, type LatencyMetric, latencyMetrics } from '../../protocol/instants.ts'
import { type BoundStatistic, type RegressionBound, ratedMetrics } from '../../protocol/regression-bound.ts'
import type { ComparedRow, Result } from '../../schemas/generated/types.ts'
import { blocksOf, knowsBunching } from './bunching.ts'
import { percentileShares } from './latency-estimate.ts'

/** What is compared, before anything is computed. */
export type Candidate = Pick<ComparedRow, 'metric' | 'statistic' | 'isJudged'>

const shownPercentiles = ['p50', 'p90', 'p99'] as const
/** Our own cost: what it says is about the generator. */
const ownDelays = new Set<string>(['wakeup_delay', 'schedule_lateness', 'intake_delay', 'hearing_delay', 'sample_lag'])
/** Bad outcomes, by what each had the opportunity of. */
export const badCounters = {
  pushes_lost: 'events',
  pushes_duplicate: 'events',
  pushes_foreign: 'events',
  pushes_out_of_order: 'events',
  pushes_repeated: 'events',
  notifications_lost: 'events',
  notifications_duplicate: 'events',
  notifications_foreign: 'events',
  notifications_out_of_order: 'events',
  notifications_repeated: 'events',
  requests_failed: 'messages',
  schema_violations: 'messages',
  rule_violations: 'messages',
} as const satisfies Partial<Record<Counter, 'events' | 'messages'>>
export type BadCounter = keyof typeof badCounters
/** What customers had to hear of and did not; both where they are pushed and hear over CometD as well. */
function lostOf({ rates, notificationLedger }: Result): BadCounter[] {
  if (notificationLedger) return ['pushes_lost', 'notifications_lost']
  return [rates.notifications_received === undefined ? 'pushes_lost' : 'notifications_lost']
}

/**
 * What results are compared by. With bounds only these are judged, else what customers and nodes notice and what went wrong;
 * raw forms, our own delays, and what may bunch nobody knows how are only shown.
 */
export function candidatesOf(runs: readonly Result[], bounds: readonly RegressionBound[]): Candidate[] {
  const all = [...latencies(runs, bounds), ...rates(runs, bounds), ...counts(runs)]
  if (bounds.length === 0) return all
  const isAsked = ({ metric, statistic }: Candidate) =>
    bounds.some(bound => bound.metric === metric && bound.statistic === statistic)
  return all.map(each => ({ ...each, isJudged: isAsked(each) }))
}

function latencies(runs: readonly Result[], bounds: readonly RegressionBound[]): Candidate[] {
  const metrics = Object.keys(latencyMetrics) as LatencyMetric[]
  return metrics.flatMap(metric =>
    [metric, `${metric}_raw`].flatMap(series => {
      const asked = bounds.filter(bound => bound.metric === series).map(({ statistic }) => statistic)
      const isThere = runs.some(run => run.metrics[series]?.steady !== undefined)
      const statistics = new Set<BoundStatistic>([...(isThere ? shownPercentiles : []), ...asked])
      const isJudged = series === metric && !ownDelays.has(series) && isSure(runs, series)
      return [...statistics]
        .toSorted((a, b) => shareOf(a) - shareOf(b))
        .map((statistic): Candidate => ({ metric: series, statistic, isJudged }))
    }),
  )
}

/** A series of which others of the same run tell how they bunch, and it does not, is no witness; repeats need none. */
function isSure(runs: readonly Result[], series: string): boolean {
  return runs.length > 2 || runs.every(run => blocksOf(run, series) > 0 || !knowsBunching(run))
}

const shareOf = (statistic: BoundStatistic) => (statistic === 'rate' ? 0 : percentileShares[statistic])

function rates(runs: readonly Result[], bounds: readonly RegressionBound[]): Candidate[] {
  return ratedMetrics
    .filter(
      metric =>
        runs.some(run => (run.rates[metric]?.achieved ?? 0) > 0) || bounds.some(bound => bound.metric === metric),
    )
    .map(metric => ({ metric, statistic: 'rate', isJudged: true }))
}

function counts(runs: readonly Result[]): Candidate[] {
  const alwaysShown: BadCounter[] = [...runs.flatMap(lostOf), 'requests_failed']
  return (Object.keys(badCounters) as BadCounter[])
    .filter(metric => alwaysShown.includes(metric) || runs.some(run => (run.counters[metric] ?? 0) > 0))
    .map(metric => ({ metric, statistic: 'count', isJudged: true }))
}
