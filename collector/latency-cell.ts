import { build, type Histogram } from 'hdr-histogram-js'
import { curveOf, percentileOf, type RankedSample, sizeOf } from '../judging/percentile.ts'
import type { MeasuredLatency } from '../judging/threshold-evaluation.ts'
import type { Summary } from '../schemas/generated/types.ts'

/** 1 h; what is above is counted as overflow, never clipped. */
export const highestUs = 3_600_000_000

export function emptyHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestUs,
    numberOfSignificantValueDigits: 3,
  })
}

/** One series in one phase: the histogram, and beside its buckets the exact count, sum, minimum and maximum. */
export interface LatencyCell {
  histogram: Histogram
  measured: number
  sumMs: number
  minMs: number
  maxMs: number
  censored: number
  overflow: number
  negative: number
}

export function emptyCell(): LatencyCell {
  return {
    histogram: emptyHistogram(),
    measured: 0,
    sumMs: 0,
    minMs: Infinity,
    maxMs: 0,
    censored: 0,
    overflow: 0,
    negative: 0,
  }
}

/** @returns the recorded microseconds, 0 = counted as overflow or negative. */
export function addToCell(cell: LatencyCell, ms: number, toleranceMs: number): number {
  if (ms < -toleranceMs) {
    cell.negative += 1
    return 0
  }
  const us = Math.max(1, Math.round(ms * 1000))
  if (us > highestUs) {
    cell.overflow += 1
    return 0
  }
  cell.histogram.recordValue(us)
  cell.measured += 1
  cell.sumMs += us / 1000
  cell.minMs = Math.min(cell.minMs, us / 1000)
  cell.maxMs = Math.max(cell.maxMs, us / 1000)
  return us
}

export function mergedCells(cells: readonly LatencyCell[]): LatencyCell {
  const all = emptyCell()
  for (const cell of cells) {
    all.histogram.add(cell.histogram)
    all.measured += cell.measured
    all.sumMs += cell.sumMs
    all.minMs = Math.min(all.minMs, cell.minMs)
    all.maxMs = Math.max(all.maxMs, cell.maxMs)
    all.censored += cell.censored
    all.overflow += cell.overflow
    all.negative += cell.negative
  }
  return all
}

function rankedSample(cell: LatencyCell, censoredAtMs: number): RankedSample {
  return {
    measured: cell.measured,
    // Half a rank below, so that rounding of the percentage never reaches the next rank.
    valueAtRank: rank =>
      Math.min(cell.maxMs, cell.histogram.getValueAtPercentile(((rank - 0.5) / cell.measured) * 100) / 1000),
    censored: cell.censored,
    censoredAtMs,
    overflow: cell.overflow,
    overflowAtMs: highestUs / 1000,
  }
}

export function summaryOf(cell: LatencyCell, censoredAtMs: number, withCurve = false): Summary {
  const sample = rankedSample(cell, censoredAtMs)
  const hasMeasured = cell.measured > 0
  return {
    count: sizeOf(sample),
    min: hasMeasured ? cell.minMs : null,
    mean: hasMeasured ? cell.sumMs / cell.measured : null,
    max: hasMeasured ? cell.maxMs : null,
    p50: percentileOf(sample, 50),
    p75: percentileOf(sample, 75),
    p90: percentileOf(sample, 90),
    p95: percentileOf(sample, 95),
    p99: percentileOf(sample, 99),
    p999: percentileOf(sample, 99.9),
    sum: cell.sumMs,
    censored: cell.censored,
    overflow: cell.overflow,
    negative: cell.negative,
    ...(withCurve ? { curve: curveOf(sample) as unknown as NonNullable<Summary['curve']> } : {}),
  }
}

export function measuredLatency(cell: LatencyCell, censoredAtMs: number): MeasuredLatency {
  const sample = rankedSample(cell, censoredAtMs)
  const { measured, sumMs, minMs, maxMs, censored, overflow } = cell
  const overflowAtMs = sample.overflowAtMs
  const leastOf = [
    ...(measured > 0 ? [minMs, maxMs] : []),
    ...(censored > 0 ? [censoredAtMs] : []),
    ...(overflow > 0 ? [overflowAtMs] : []),
  ]
  return {
    count: sizeOf(sample),
    min: Math.min(...leastOf),
    mean: (sumMs + censored * censoredAtMs + overflow * overflowAtMs) / sizeOf(sample),
    max: Math.max(...leastOf),
    atLeast: censored + overflow,
    percentile: percentile => percentileOf(sample, percentile),
    plain: percentile => sample.valueAtRank(Math.max(1, Math.ceil((cell.measured * percentile) / 100 - 1e-9))),
  }
}
