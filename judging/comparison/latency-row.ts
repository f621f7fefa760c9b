import { type LatencyMetric, latencyMetrics } from '../../protocol/instants.ts'
import type { ComparedRow, ComparedValue, Result, Summary } from '../../schemas/generated/types.ts'
import { numberText } from '../number-text.ts'
import { blocksOf } from './bunching.ts'
import type { Candidate } from './candidates.ts'
import { comparePair, leastMs, withSpans } from './compare-row.ts'
import type { Confidence } from './confidence.ts'
import type { Estimate } from './estimate.ts'
import { latencyEstimate, type PercentileKey, unknownBunching } from './latency-estimate.ts'
import { repeatedEstimates } from './repeats.ts'
import { ofBoth, type Sides } from './sides.ts'

export function latencyRow(candidate: Candidate, sides: Sides, confidence: Confidence): ComparedRow {
  const { metric } = candidate
  const key = candidate.statistic as PercentileKey
  const [now, before] = ofBoth(sides, run => run.metrics[metric]?.steady)
  const row = {
    ...candidate,
    unit: 'ms',
    better: 'less',
    value: shown(now, key),
    baseline: shown(before, key),
  } as const
  const missing = missingText('result', now, key) ?? missingText('baseline', before, key)
  if (missing !== undefined) return { ...row, verdict: 'not comparable', reason: missing }
  const [nowSure, beforeSure] = [now as Summary[], before as Summary[]]
  const isKnown = sides.isRepeated || [...sides.results, ...sides.baselines].every(run => blocksOf(run, metric) > 0)
  const estimates = sides.isRepeated
    ? repeated(nowSure, beforeSure, key, confidence)
    : { now: alone(sides.results[0]!, nowSure[0]!), before: alone(sides.baselines[0]!, beforeSure[0]!) }
  if (!estimates) return { ...row, verdict: 'not comparable', reason: 'a value is 0' }
  const clockMs = [nowSure, beforeSure].map(of => Math.max(...of.map(({ clockBoundMs = 0 }) => clockBoundMs)))
  const isServers = latencyMetrics[metric as LatencyMetric]?.needsTrace ?? false
  const compared = comparePair({
    value: estimates.now,
    baseline: estimates.before,
    better: 'less',
    clockMs: [clockMs[0]!, clockMs[1]!],
    least: isServers ? leastMs.server : leastMs.generator,
  })
  const unknown = isKnown ? '' : `samples may bunch: interval ${unknownBunching} times as wide`
  const { ratio } = compared
  const isOpen = ratio !== undefined && ratio.low === 0 && ratio.high === Number.POSITIVE_INFINITY
  const few = isOpen ? 'too few samples for an interval' : ''
  const reason = [compared.reason, few || unknown].filter(text => text !== '').join('; ')
  return withSpans(row, { ...compared, reason })

  function alone(run: Result, summary: Summary): Estimate {
    return latencyEstimate(summary, key, blocksOf(run, metric), confidence)!
  }
}

type Summaries = readonly (Summary | undefined)[]

function repeated(now: readonly Summary[], before: readonly Summary[], key: PercentileKey, confidence: Confidence) {
  const values = (of: readonly Summary[]) => of.map(summary => summary[key].value!)
  const found = repeatedEstimates(values(now), values(before), confidence)
  if (!found) return undefined
  const open = (estimate: Estimate, of: readonly Summary[]) =>
    of.some(summary => summary[key].atLeast) ? { ...estimate, high: Number.POSITIVE_INFINITY } : estimate
  return { now: open(found.now, now), before: open(found.before, before) }
}

/** Of one run as it is in its result; of several the geometric mean, and the samples of all. */
function shown(summaries: Summaries, key: PercentileKey): ComparedValue {
  const samples = summaries.reduce((sum, summary) => sum + (summary?.count ?? 0), 0)
  const percentiles = summaries.map(summary => summary?.[key])
  const values = percentiles.flatMap(percentile => (typeof percentile?.value === 'number' ? [percentile.value] : []))
  if (values.length < summaries.length) return { value: null, samples }
  const atLeast = percentiles.some(percentile => percentile?.atLeast)
  const { low, high } = percentiles[0]!
  const isAlone = values.length === 1
  return {
    value: isAlone ? values[0]! : Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length),
    ...(atLeast && { atLeast }),
    ...(isAlone && low !== undefined && { low }),
    ...(isAlone && high !== undefined && { high }),
    samples,
  }
}

function missingText(side: string, summaries: Summaries, key: PercentileKey): string | undefined {
  for (const summary of summaries) {
    if (!summary) return `the ${side} has no sample`
    const { value, needs } = summary[key]
    if (value !== null) continue
    const needed = needs === undefined ? '' : `, ${numberText(needs)} are needed`
    return `the ${side} has ${numberText(summary.count)} samples${needed}`
  }
  return undefined
}
