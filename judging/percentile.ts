import type { Percentile } from '../schemas/generated/types.ts'

/** A sorted sample as a histogram knows it: `valueAtRank(1)` is the smallest of `measured` values, milliseconds. */
export interface RankedSample {
  measured: number
  valueAtRank(rank: number): number
  /** Values that are only known to be at least `censoredAtMs`: lost and open pushes. */
  censored: number
  censoredAtMs: number
  /** Values above what the histogram can hold. */
  overflow: number
  overflowAtMs: number
}

/** Least number of samples for which a finite upper bound at 95 % exists: 1 − share^n ≥ 0.975. p99: 368. */
export function samplesNeeded(percentile: number): number {
  if (percentile <= 0 || percentile >= 100) return 1
  return Math.ceil(Math.log(0.025) / Math.log(percentile / 100))
}

export function sizeOf(sample: RankedSample): number {
  return sample.measured + sample.censored + sample.overflow
}

/** Distribution-free: the ranks n·q ± 1.96·√(n·q·(1−q)) bound the q-quantile at 95 %. */
export function percentileOf(sample: RankedSample, percentile: number): Percentile {
  const size = sizeOf(sample)
  const needs = samplesNeeded(percentile)
  if (size < needs) return { value: null, needs }
  const share = percentile / 100
  const spread = 1.96 * Math.sqrt(size * share * (1 - share))
  const at = valueAt(sample, rankOf(size, percentile))
  const low = valueAt(sample, Math.max(1, Math.floor(size * share - spread)))
  const high = valueAt(sample, Math.min(size, Math.ceil(size * share + spread)))
  return {
    value: at.value,
    ...(at.isAtLeast ? { atLeast: true } : {}),
    low: low.value,
    // A bound that lies among censored values is no bound.
    ...(high.isAtLeast ? {} : { high: high.value }),
    needs,
  }
}

/** Products like 1000 × 0.999 must not spill over to the next rank. */
function rankOf(size: number, percentile: number): number {
  return Math.min(size, Math.max(1, Math.ceil((size * percentile) / 100 - 1e-9)))
}

function valueAt(sample: RankedSample, rank: number): { value: number; isAtLeast: boolean } {
  const { measured, censored, censoredAtMs, overflow, overflowAtMs } = sample
  if (censored === 0) {
    return rank <= measured
      ? { value: sample.valueAtRank(rank), isAtLeast: false }
      : { value: overflowAtMs, isAtLeast: overflow > 0 }
  }
  if (rank <= measured) {
    const value = sample.valueAtRank(rank)
    if (value <= censoredAtMs) return { value, isAtLeast: false }
  }
  // Censored values lie anywhere above their bound; all of them right at the bound gives the least possible value.
  const least = rank - censored
  const measuredAt = least >= 1 && least <= measured ? sample.valueAtRank(least) : least > measured ? overflowAtMs : 0
  return { value: Math.max(censoredAtMs, measuredAt), isAtLeast: true }
}

/** 0 … 99.99 as the report's curve draws it, as far as the sample carries it. */
export const curvePercentiles = [
  1, 5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 96, 97, 98, 98.5, 99, 99.25, 99.5, 99.75, 99.9, 99.95,
  99.99,
] as const

export function curveOf(sample: RankedSample): [share: number, milliseconds: number][] {
  return curvePercentiles.flatMap(percentile => {
    const { value, atLeast } = percentileOf(sample, percentile)
    return value === null || atLeast ? [] : [[percentile / 100, value] as [number, number]]
  })
}
