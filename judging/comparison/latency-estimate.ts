import type { Summary } from '../../schemas/generated/types.ts'
import { type Confidence, storedDeviations } from './confidence.ts'
import type { Estimate } from './estimate.ts'
import { studentDeviations } from './repeats.ts'

export type PercentileKey = 'p50' | 'p75' | 'p90' | 'p95' | 'p99' | 'p999'
export const percentileShares = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const

/** Where nobody knows how samples bunch, an interval is taken this much wider, as if nine of them told as much as one. */
export const unknownBunching = 3
/**
 * The design effect of a result misses part of what hangs together over several seconds (weights of Newey and West: a fifth of
 * the deviation where each second is half like the one before). For one percentile against a limit that is bearable, for
 * forty statements at once it would find differences between equal runs.
 */
const missedBunching = 1.25

/**
 * A percentile with its interval at `confidence`, the bound of the clocks taken out of it. The stored 95 % interval is
 * stretched on a log scale, as latencies are skewed; a bound that so few samples cannot have is none.
 * @param blocks so many blocks of time told how samples bunch; 0 = nobody knows
 * @returns undefined without enough samples
 */
export function latencyEstimate(
  summary: Summary,
  key: PercentileKey,
  blocks: number,
  { tail, deviations }: Confidence,
): Estimate | undefined {
  const { value, atLeast, low = 0, high = Number.POSITIVE_INFINITY } = summary[key]
  if (value === null) return undefined
  const clockMs = summary.clockBoundMs ?? 0
  const isKnown = blocks > 0
  const stretch =
    (isKnown ? missedBunching * studentDeviations(tail, freedomOf(blocks)) : unknownBunching * deviations) /
    storedDeviations
  const stretched = (bound: number) => (value === 0 ? bound : value * (bound / value) ** stretch)
  const size = summary.count / (isKnown ? 1 : unknownBunching ** 2)
  const share = percentileShares[key]
  const needs = (below: number) => Math.log(tail) / Math.log(below)
  const isBounded = !atLeast && size >= needs(share)
  const isBoundedBelow = low > 0 && size >= needs(1 - share)
  return {
    value,
    low: isBoundedBelow ? stretched(Math.min(value, low + clockMs)) : 0,
    high: isBounded ? stretched(Math.max(value, high - clockMs)) : Number.POSITIVE_INFINITY,
  }
}

/** A variance that is taken from so many blocks, with Bartlett's weights, is known as well as one from these degrees of freedom. */
function freedomOf(blocks: number): number {
  return Math.round((1.5 * blocks) / (Math.floor(Math.cbrt(blocks)) + 1))
}
