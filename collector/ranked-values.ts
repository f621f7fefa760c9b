import type { Histogram } from 'hdr-histogram-js'

/** What a histogram holds, sorted; milliseconds. Ranks count from 1. */
export interface RankedValues {
  size: number
  /** Top of the bucket at that rank, and its bottom. */
  valueAtRank(rank: number): number
  leastAtRank(rank: number): number
  countAtMost(valueMs: number): number
}

/** Every histogram of the library but the WebAssembly one has them; its types do not say so. */
interface Buckets {
  countsArrayLength: number
  getCountAtIndex(index: number): number
  valueFromIndex(index: number): number
  highestEquivalentValue(value: number): number
}

export function rankedValues(histogram: Histogram): RankedValues {
  const buckets = histogram as unknown as Buckets
  const least: number[] = []
  const most: number[] = []
  const upTo: number[] = []
  let size = 0
  const last = histogram.totalCount > 0 ? buckets.countsArrayLength : 0
  for (let index = 0; index < last && size < histogram.totalCount; index += 1) {
    const count = buckets.getCountAtIndex(index)
    if (count === 0) continue
    const value = buckets.valueFromIndex(index)
    size += count
    least.push(value / 1000)
    most.push(buckets.highestEquivalentValue(value) / 1000)
    upTo.push(size)
  }
  const atRank = (rank: number) => firstFrom(upTo, rank)
  return {
    size,
    valueAtRank: rank => most[atRank(rank)]!,
    leastAtRank: rank => least[atRank(rank)]!,
    countAtMost(valueMs) {
      const above = firstFrom(least, valueMs, true)
      return above === 0 ? 0 : upTo[above - 1]!
    },
  }
}

/** @returns index of the first entry of at least `wanted` (`isAbove`: greater than it); the length when there is none. */
function firstFrom(sorted: readonly number[], wanted: number, isAbove = false): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < wanted || (isAbove && sorted[middle] === wanted)) low = middle + 1
    else high = middle
  }
  return low
}
