import { type Block, designEffect } from '../judging/design-effect.ts'
import { curveOf, percentileOf, type RankedSample, rankOf, type Spread } from '../judging/percentile.ts'
import type { MeasuredLatency } from '../judging/threshold-evaluation.ts'
import type { Summary } from '../schemas/generated/types.ts'
import { encodedCell, highestUs, type LatencyCell } from './latency-cell.ts'
import { rankedValues } from './ranked-values.ts'

const overflowAtMs = highestUs / 1000

function rankedSample(cell: LatencyCell): RankedSample {
  const { histogram, maxMs, uncertain, overflow } = cell
  const ranked = rankedValues(histogram)
  // The top of a bucket may lie above all that was recorded.
  const greatestMs = Math.max(maxMs, uncertain.greatestMs)
  const within = (rank: number, ms: () => number) => (rank > ranked.size ? overflowAtMs : Math.min(greatestMs, ms()))
  return {
    size: ranked.size + overflow,
    valueAtRank: rank => within(rank, () => ranked.valueAtRank(rank)),
    leastAtRank: rank => within(rank, () => ranked.leastAtRank(rank)),
    leastUncertainMs: Math.min(uncertain.leastMs, overflow > 0 ? overflowAtMs : Infinity),
  }
}

function spreadOf(cell: LatencyCell, blocks: readonly Block[]): Spread {
  return { designEffect: valueMs => designEffect(blocks, valueMs), clockBoundMs: cell.clockBoundMs }
}

export interface SummaryParts {
  /** The phase block by block, for the interval of each percentile; empty = as if samples were independent. */
  blocks?: readonly Block[]
  withCurve?: boolean
  /** Keep the histogram, for merging. */
  withCell?: boolean
}

export function summaryOf(cell: LatencyCell, { blocks = [], withCurve, withCell }: SummaryParts = {}): Summary {
  const sample = rankedSample(cell)
  const spread = spreadOf(cell, blocks)
  const { mean, max } = leastKnown(cell, sample.size)
  const at = (percentile: number) => percentileOf(sample, percentile, spread)
  return {
    count: sample.size,
    min: cell.measured > 0 ? cell.minMs : null,
    mean: sample.size > 0 ? mean : null,
    max: sample.size > 0 ? max : null,
    p50: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p999: at(99.9),
    sum: cell.sumUs / 1000,
    censored: cell.uncertain.count,
    overflow: cell.overflow,
    negative: cell.negative,
    ...(cell.clockBoundMs > 0 && { clockBoundMs: cell.clockBoundMs }),
    ...(withCurve && { curve: curveOf(sample) as unknown as NonNullable<Summary['curve']> }),
    ...(withCell && { cell: encodedCell(cell) }),
  }
}

/** Mean and maximum, each value of which only so much is known taken for that: loss must not make them look better. */
function leastKnown({ sumUs, maxMs, uncertain, overflow }: LatencyCell, size: number): { mean: number; max: number } {
  return {
    mean: ((sumUs + uncertain.sumUs) / 1000 + overflow * overflowAtMs) / size,
    max: Math.max(maxMs, uncertain.greatestMs, overflow > 0 ? overflowAtMs : 0),
  }
}

export function measuredLatency(cell: LatencyCell, blocks: readonly Block[] = []): MeasuredLatency {
  const sample = rankedSample(cell)
  const { minMs, uncertain, overflow } = cell
  return {
    count: sample.size,
    min: Math.min(minMs, sample.leastUncertainMs),
    ...leastKnown(cell, sample.size),
    atLeast: uncertain.count + overflow,
    isMinAtLeast: sample.leastUncertainMs < minMs,
    percentile: percentile => percentileOf(sample, percentile, spreadOf(cell, blocks)),
    plain: percentile => sample.valueAtRank(rankOf(sample.size, percentile)),
  }
}
