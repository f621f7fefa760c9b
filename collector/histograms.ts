import type { Histogram } from 'hdr-histogram-js'
import type { MeasuredLatency } from '../judging/threshold-evaluation.ts'
import { type Phase, phases, type Series } from '../protocol/instants.ts'
import type { Summary } from '../schemas/generated/types.ts'
import { getOrMake } from './get-or-make.ts'
import type { HistogramLog } from './histogram-log.ts'
import {
  addToCell,
  emptyCell,
  emptyHistogram,
  type LatencyCell,
  measuredLatency,
  mergedCells,
  summaryOf,
} from './latency-cell.ts'

export interface Histograms {
  /** `toleranceMs`: a difference below zero by no more than the bound of the clocks is no error. */
  record(series: Series, phase: Phase, ms: number, toleranceMs?: number): void
  /** A lost or open event: at least W, or as long as it was waited for where that is less. */
  censor(series: Series, phase: Phase, waitedMs?: number): void
  /** Writes and forgets what was recorded since the last call. */
  writeInterval(nowMs: number): void
  latency(series: string, phase: string): MeasuredLatency | undefined
  summaries(): Record<string, Record<string, Summary>>
  /** All differences that tell about causal order, and those below zero. */
  causality(): { differences: number; negative: number }
}

interface Interval {
  tag: string
  histogram: Histogram
  count: number
}

/** Same-host clocks of one process differ by their step only. */
const defaultToleranceMs = 0.05

/** Is 0 at least by its definition, so it tells nothing about causal order. */
const neverNegative = 'schedule_lateness' satisfies Series

/** One histogram per series and phase for the whole run, and one per series and phase for the current second. */
export function createHistograms(log: HistogramLog, observeMs: number, startMs: number): Histograms {
  const cells = new Map<string, Map<Phase, LatencyCell>>()
  const intervals = new Map<string, Interval>()
  let intervalStart = startMs
  // One bound for all: the least that holds for each of them.
  let censoredAtMs = observeMs

  function cellOf(series: Series, phase: Phase): LatencyCell {
    const byPhase = getOrMake(cells, series, () => new Map<Phase, LatencyCell>())
    return getOrMake(byPhase, phase, emptyCell)
  }

  function found(series: string, phase: string): LatencyCell | undefined {
    const byPhase = cells.get(series)
    if (!byPhase) return undefined
    return phase === 'all' ? mergedCells([...byPhase.values()]) : byPhase.get(phase as Phase)
  }

  return {
    record(series, phase, ms, toleranceMs = defaultToleranceMs) {
      if (!Number.isFinite(ms)) return
      const us = addToCell(cellOf(series, phase), ms, toleranceMs)
      if (us === 0) return
      const tag = `${series};${phase}`
      const interval = getOrMake(intervals, tag, () => ({ tag, histogram: emptyHistogram(), count: 0 }))
      interval.histogram.recordValue(us)
      interval.count += 1
    },

    censor(series, phase, waitedMs = observeMs) {
      censoredAtMs = Math.min(censoredAtMs, Math.max(0, waitedMs))
      cellOf(series, phase).censored += 1
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

    latency(series, phase) {
      const cell = found(series, phase)
      return cell && cell.measured + cell.censored + cell.overflow > 0 ? measuredLatency(cell, censoredAtMs) : undefined
    },

    summaries() {
      const all: Record<string, Record<string, Summary>> = {}
      for (const [series, byPhase] of cells) {
        const rows: Record<string, Summary> = {}
        for (const phase of phases) {
          const cell = byPhase.get(phase)
          if (cell) rows[phase] = summaryOf(cell, censoredAtMs, phase === 'steady')
        }
        rows.all = summaryOf(mergedCells([...byPhase.values()]), censoredAtMs)
        all[series] = rows
      }
      return all
    },

    causality() {
      const sum = { differences: 0, negative: 0 }
      for (const [series, byPhase] of cells) {
        if (series === neverNegative) continue
        for (const { measured, overflow, negative } of byPhase.values()) {
          sum.differences += measured + overflow + negative
          sum.negative += negative
        }
      }
      return sum
    },
  }
}
