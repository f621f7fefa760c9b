import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js'
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

/** One series in one phase: the histogram, and beside its buckets what a bucket would round. Milliseconds. */
export interface LatencyCell {
  /** Measured values, and those that are only known to be at least so much as their least possible value. */
  histogram: Histogram
  /** Count, sum, minimum and maximum of the measured values, exact: whole microseconds add without rounding, in any order. */
  measured: number
  sumUs: number
  minMs: number
  maxMs: number
  /** Lost, open and dropped: only known to be at least so much. */
  uncertain: { count: number; sumUs: number; leastMs: number; greatestMs: number }
  overflow: number
  negative: number
  /** Greatest bound of the clocks between the two instants of a value. */
  clockBoundMs: number
}

export function emptyCell(): LatencyCell {
  return {
    histogram: emptyHistogram(),
    measured: 0,
    sumUs: 0,
    minMs: Infinity,
    maxMs: 0,
    uncertain: { count: 0, sumUs: 0, leastMs: Infinity, greatestMs: 0 },
    overflow: 0,
    negative: 0,
    clockBoundMs: 0,
  }
}

/** Clocks of one process differ by their step only. */
const ownStepMs = 0.05

/**
 * `clockBoundMs`: how far the two instants may be wrong against each other; a difference below zero by no more is no error.
 * @returns the recorded microseconds, 0 = counted as overflow or negative.
 */
export function addToCell(cell: LatencyCell, ms: number, clockBoundMs: number): number {
  cell.clockBoundMs = Math.max(cell.clockBoundMs, clockBoundMs)
  if (ms < -Math.max(ownStepMs, clockBoundMs)) {
    cell.negative += 1
    return 0
  }
  const us = microseconds(ms)
  if (us > highestUs) {
    cell.overflow += 1
    return 0
  }
  cell.histogram.recordValue(us)
  cell.measured += 1
  cell.sumUs += us
  cell.minMs = Math.min(cell.minMs, us / 1000)
  cell.maxMs = Math.max(cell.maxMs, us / 1000)
  return us
}

/** A value of which only this much is known: it is at least `ms`. @returns the recorded microseconds. */
export function addAtLeast(cell: LatencyCell, ms: number): number {
  const us = Math.min(highestUs, microseconds(ms))
  cell.histogram.recordValue(us)
  const { uncertain } = cell
  uncertain.count += 1
  uncertain.sumUs += us
  uncertain.leastMs = Math.min(uncertain.leastMs, us / 1000)
  uncertain.greatestMs = Math.max(uncertain.greatestMs, us / 1000)
  return us
}

function microseconds(ms: number): number {
  return Math.max(1, Math.round(ms * 1000))
}

/** Counts are added, never averaged: any split of a run gives the same sum. */
export function mergedCells(cells: readonly LatencyCell[]): LatencyCell {
  const all = emptyCell()
  for (const cell of cells) addCell(all, cell)
  return all
}

export function addCell(all: LatencyCell, cell: LatencyCell): void {
  all.histogram.add(cell.histogram)
  all.measured += cell.measured
  all.sumUs += cell.sumUs
  all.minMs = Math.min(all.minMs, cell.minMs)
  all.maxMs = Math.max(all.maxMs, cell.maxMs)
  all.uncertain = {
    count: all.uncertain.count + cell.uncertain.count,
    sumUs: all.uncertain.sumUs + cell.uncertain.sumUs,
    leastMs: Math.min(all.uncertain.leastMs, cell.uncertain.leastMs),
    greatestMs: Math.max(all.uncertain.greatestMs, cell.uncertain.greatestMs),
  }
  all.overflow += cell.overflow
  all.negative += cell.negative
  all.clockBoundMs = Math.max(all.clockBoundMs, cell.clockBoundMs)
}

/** What result.json keeps of a cell beside its summary, so that results can be merged exactly. */
export function encodedCell(cell: LatencyCell): NonNullable<Summary['cell']> {
  const { uncertain, overflow, maxMs } = cell
  return {
    histogram: encodeIntoCompressedBase64(cell.histogram),
    ...((uncertain.greatestMs > maxMs || overflow > 0) && { measuredMax: maxMs }),
    ...(uncertain.count > 0 && {
      uncertain: { sum: uncertain.sumUs / 1000, least: uncertain.leastMs, greatest: uncertain.greatestMs },
    }),
  }
}

/** @returns undefined for a summary that keeps no histogram: one of all phases together. */
export function decodedCell(summary: Summary): LatencyCell | undefined {
  const { cell, count, censored, overflow, negative, sum, min, max, clockBoundMs = 0 } = summary
  if (!cell) return undefined
  const { least = Infinity, greatest = 0, sum: uncertainSum = 0 } = cell.uncertain ?? {}
  return {
    histogram: decodeFromCompressedBase64(cell.histogram),
    measured: count - censored - overflow,
    sumUs: Math.round(sum * 1000),
    minMs: min ?? Infinity,
    maxMs: cell.measuredMax ?? max ?? 0,
    uncertain: { count: censored, sumUs: Math.round(uncertainSum * 1000), leastMs: least, greatestMs: greatest },
    overflow,
    negative,
    clockBoundMs,
  }
}
