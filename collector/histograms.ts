import type { Histogram } from 'hdr-histogram-js'
import type { Block } from '../judging/design-effect.ts'
import type { MeasuredLatency } from '../judging/threshold-evaluation.ts'
import { type Phase, phases, type Series } from '../protocol/instants.ts'
import type { Summary } from '../schemas/generated/types.ts'
import { getOrMake } from './get-or-make.ts'
import type { HistogramLog } from './histogram-log.ts'
import { addAtLeast, addToCell, emptyCell, emptyHistogram, type LatencyCell, mergedCells } from './latency-cell.ts'
import { measuredLatency, summaryOf } from './latency-summary.ts'

/** One cell per series and phase. */
export type LatencyCells = Map<string, Map<Phase, LatencyCell>>

/** The steady phase of a series block by block. */
export type BlocksOf = (series: string) => readonly Block[]

export interface Histograms {
  /** `clockBoundMs`: how far the two instants may be wrong against each other, 0 = one clock took both. */
  record(series: Series, phase: Phase, ms: number, clockBoundMs?: number): void
  /** A lost, open or dropped event: at least as late as it was waited for. */
  recordAtLeast(series: Series, phase: Phase, ms: number): void
  /** Writes and forgets what was recorded since the last call. */
  writeInterval(nowMs: number): void
  latency(series: string, phase: string, blocksOf?: BlocksOf): MeasuredLatency | undefined
  cells: LatencyCells
}

interface Interval {
  tag: string
  histogram: Histogram
  count: number
}

/** One histogram per series and phase for the whole run, and one per series and phase for the current second. */
export function createHistograms(log: HistogramLog, startMs: number): Histograms {
  const cells: LatencyCells = new Map()
  const intervals = new Map<string, Interval>()
  let intervalStart = startMs

  function cellOf(series: Series, phase: Phase): LatencyCell {
    const byPhase = getOrMake(cells, series, () => new Map<Phase, LatencyCell>())
    return getOrMake(byPhase, phase, emptyCell)
  }

  function note(series: Series, phase: Phase, us: number): void {
    const tag = `${series};${phase}`
    const interval = getOrMake(intervals, tag, () => ({ tag, histogram: emptyHistogram(), count: 0 }))
    interval.histogram.recordValue(us)
    interval.count += 1
  }

  return {
    cells,

    record(series, phase, ms, clockBoundMs = 0) {
      if (Number.isNaN(ms)) return
      const us = addToCell(cellOf(series, phase), ms, clockBoundMs)
      if (us > 0) note(series, phase, us)
    },

    recordAtLeast(series, phase, ms) {
      note(series, phase, addAtLeast(cellOf(series, phase), ms))
    },

    writeInterval(nowMs) {
      for (const interval of intervals.values()) {
        if (interval.count === 0) continue
        log.write(interval.tag, intervalStart, nowMs, interval.histogram)
        interval.histogram.reset()
        interval.count = 0
      }
      intervalStart = nowMs
    },

    latency: (series, phase, blocksOf) => latencyIn(cells, series, phase, blocksOf),
  }
}

/** @returns undefined when the series has no sample in that phase; `all` = the phases together. */
export function latencyIn(
  cells: LatencyCells,
  series: string,
  phase: string,
  blocksOf: BlocksOf = () => [],
): MeasuredLatency | undefined {
  const byPhase = cells.get(series)
  if (!byPhase) return undefined
  const cell = phase === 'all' ? mergedCells([...byPhase.values()]) : byPhase.get(phase as Phase)
  if (!cell || cell.measured + cell.uncertain.count + cell.overflow === 0) return undefined
  return measuredLatency(cell, phase === 'steady' ? blocksOf(series) : [])
}

export function summariesOf(cells: LatencyCells, blocksOf: BlocksOf): Record<string, Record<string, Summary>> {
  const all: Record<string, Record<string, Summary>> = {}
  for (const [series, byPhase] of cells) {
    const rows: Record<string, Summary> = {}
    for (const phase of phases) {
      const cell = byPhase.get(phase)
      if (!cell) continue
      const isSteady = phase === 'steady'
      rows[phase] = summaryOf(cell, {
        withCell: true,
        withCurve: isSteady,
        ...(isSteady && { blocks: blocksOf(series) }),
      })
    }
    rows.all = summaryOf(mergedCells([...byPhase.values()]))
    all[series] = rows
  }
  return all
}

/** Is 0 at least by its definition, so it tells nothing about causal order. */
const neverNegative = 'schedule_lateness' satisfies Series

/** The series with the greatest share of differences below zero by more than the bound of the clocks. */
export interface Causality {
  series: string
  differences: number
  negative: number
}

/**
 * Causal order is a matter of each pair of instants: what one clock took twice, and that is most of a run, must not thin
 * out what two clocks contradict.
 */
export function causalityOf(cells: LatencyCells): Causality {
  let worst: Causality = { series: '', differences: 0, negative: 0 }
  for (const [series, byPhase] of cells) {
    if (series === neverNegative) continue
    const found = { series, differences: 0, negative: 0 }
    for (const { measured, overflow, negative } of byPhase.values()) {
      found.differences += measured + overflow + negative
      found.negative += negative
    }
    const isWorse = found.negative * worst.differences > worst.negative * found.differences
    if (isWorse || worst.differences === 0) worst = found
  }
  return worst
}
