import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { Result } from '../../schemas/generated/types.ts'

/**
 * Rows of a decade. Ten are a quarter wide each: two modes that are half apart lie in different rows, and the histograms
 * (three digits) are far finer. With more than four decades half as many are enough for the same height.
 */
export const rowsOfDecade = (decades: number) => (decades > 4 ? 5 : 10)

/** Every histogram of the library but the WebAssembly one has them; its types do not say so. */
interface Buckets {
  totalCount: number
  countsArrayLength: number
  getCountAtIndex(index: number): number
  valueFromIndex(index: number): number
}

/** Values of one block, [ms, how many], rising. */
export type BlockValues = readonly (readonly [number, number])[]

/** The latencies of a series block by block, as the result keeps them for steadiness and merging; empty = it keeps none. */
export function blockValues({ intervals }: Result, series: string): BlockValues[] {
  return (intervals.blocks?.histograms[series] ?? []).map(encoded => (encoded === null ? [] : valuesOf(encoded)))
}

function valuesOf(encoded: string): BlockValues {
  const buckets = decodeFromCompressedBase64(encoded) as unknown as Buckets
  const values: [number, number][] = []
  let left = buckets.totalCount
  for (let index = 0; left > 0 && index < buckets.countsArrayLength; index += 1) {
    const count = buckets.getCountAtIndex(index)
    if (count === 0) continue
    left -= count
    values.push([buckets.valueFromIndex(index) / 1000, count])
  }
  return values
}

/** One block × one class of latency. */
export interface HeatCell {
  block: number
  /** Row 0 begins at the least decade of the axis. */
  row: number
  count: number
}

/** @param leastMs bottom of the axis; what is below counts in the lowest row. */
export function heatCells(blocks: readonly BlockValues[], leastMs: number, perDecade: number): HeatCell[] {
  return blocks.flatMap((values, block) => {
    const rows = new Map<number, number>()
    for (const [ms, count] of values) {
      const row = Math.max(0, Math.floor(Math.log10(ms / leastMs) * perDecade + 1e-9))
      rows.set(row, (rows.get(row) ?? 0) + count)
    }
    return [...rows].map(([row, count]) => ({ block, row, count }))
  })
}

const levels = 6

/**
 * Lower ends of the levels of intensity, by equal ratios: a stall is a few pushes among thousands, and an even scale would
 * not show them.
 */
export function levelEnds(most: number): number[] {
  const ends = Array.from({ length: levels }, (_, level) => Math.max(1, Math.ceil(most ** (level / levels) - 1e-9)))
  return [...new Set(ends)]
}
