import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { Block } from '../judging/design-effect.ts'
import type { Intervals } from '../schemas/generated/types.ts'
import type { BlocksOf } from './histograms.ts'
import { type RankedValues, rankedValues } from './ranked-values.ts'

/** A stretch of time of one series; `startMs` epoch. */
export interface SeriesBlock extends Block {
  startMs: number
  values: RankedValues
}

/** The blocks of a series that lie wholly between two instants; those without a sample are left out. */
export function blocksWithin(intervals: Intervals, series: string, fromMs: number, toMs: number): SeriesBlock[] {
  const { start, seconds, blocks } = intervals
  const encoded = blocks?.histograms[series] ?? []
  const lengthMs = seconds * 1000 * (blocks?.every ?? 1)
  const firstMs = Date.parse(start)
  return encoded.flatMap((histogram, at) => {
    const startMs = firstMs + at * lengthMs
    if (histogram === null || startMs < fromMs || startMs + lengthMs > toMs) return []
    const values = rankedValues(decodeFromCompressedBase64(histogram))
    return { startMs, values, count: values.size, countAtMost: values.countAtMost }
  })
}

/** Decoded once a series, since every percentile of it asks. */
export function steadyBlocks(intervals: Intervals, steadyMs: number, drainMs: number): BlocksOf {
  const known = new Map<string, SeriesBlock[]>()
  return series => {
    const blocks = known.get(series) ?? blocksWithin(intervals, series, steadyMs, drainMs)
    known.set(series, blocks)
    return blocks
  }
}
