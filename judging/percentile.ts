import type { Percentile } from '../schemas/generated/types.ts'

/** A sorted sample as a histogram knows it, in milliseconds; `rank` counts from 1 for the smallest of `size` values. */
export interface RankedSample {
  /** All values, also those that are only known to be at least so much. */
  size: number
  /** The value at that rank, each uncertain one taken for the least that it can be. */
  valueAtRank(rank: number): number
  /** The least that the value at that rank can be within the resolution of the histogram. */
  leastAtRank(rank: number): number
  /** Smallest value that is only known to be at least so much (lost, open, dropped, overflow); Infinity = all are exact. */
  leastUncertainMs: number
}

/** What widens an interval beyond what as many independent samples, taken by one clock, would give. */
export interface Spread {
  /** Samples that bunch tell less than as many independent ones: by this factor (`designEffect`). */
  designEffect?(valueMs: number): number
  /** How far apart the clocks of both instants may be wrong. */
  clockBoundMs?: number
}

/** Least number of samples for which a finite upper bound at 95 % exists: 1 − share^n ≥ 0.975. p99: 368. */
export function samplesNeeded(percentile: number): number {
  if (percentile <= 0 || percentile >= 100) return 1
  return Math.ceil(Math.log(0.025) / Math.log(percentile / 100))
}

/** Distribution-free: the ranks n·q ± 1.96·√(n·q·(1−q)·design effect) bound the q-quantile at 95 %. */
export function percentileOf(sample: RankedSample, percentile: number, spread: Spread = {}): Percentile {
  const { size } = sample
  const needs = samplesNeeded(percentile)
  if (size < needs) return { value: null, needs }
  const { designEffect = () => 1, clockBoundMs = 0 } = spread
  const share = percentile / 100
  const at = valueAt(sample, rankOf(size, percentile))
  const effect = designEffect(at.value)
  const ranks = 1.96 * Math.sqrt(size * share * (1 - share) * effect)
  const lowest = Math.floor(size * share - ranks)
  const highest = Math.ceil(size * share + ranks)
  // So many independent samples have a bound above and below, which their largest and least then are.
  const isBoundedBelow = lowest >= 1 || size / effect >= samplesNeeded(100 - percentile)
  const isBounded = highest <= size || size / effect >= needs
  const low = valueAt(sample, Math.max(1, lowest))
  const high = valueAt(sample, Math.min(size, highest))
  return {
    value: at.value,
    ...(at.isAtLeast ? { atLeast: true } : {}),
    low: isBoundedBelow ? Math.max(0, low.value - clockBoundMs) : 0,
    // A bound that lies among uncertain values is no bound.
    ...(high.isAtLeast || !isBounded ? {} : { high: high.value + clockBoundMs }),
    needs,
  }
}

/** Products like 1000 × 0.999 must not spill over to the next rank. */
export function rankOf(size: number, percentile: number): number {
  return Math.min(size, Math.max(1, Math.ceil((size * percentile) / 100 - 1e-9)))
}

/** What is only known to be at least so much lies anywhere above: every value from the least of them on is a lower bound. */
function valueAt(sample: RankedSample, rank: number): { value: number; isAtLeast: boolean } {
  const value = sample.valueAtRank(rank)
  if (value < sample.leastUncertainMs) return { value, isAtLeast: false }
  return { value: Math.max(sample.leastUncertainMs, sample.leastAtRank(rank)), isAtLeast: true }
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
