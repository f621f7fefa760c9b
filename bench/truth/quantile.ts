/** What the table shows and what it judges; p99.9 is only shown. */
export const percentiles = [50, 90, 99, 99.9] as const
export type Percentile = (typeof percentiles)[number]

/** Nearest rank: the least value with at least this share of all values at or below it. */
export function quantile(sorted: ArrayLike<number>, percentile: number): number {
  const rank = Math.max(1, Math.ceil((sorted.length * percentile) / 100 - 1e-9))
  return sorted[rank - 1] ?? Number.NaN
}

export function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort()
}
