import type { Histogram } from 'hdr-histogram-js'
import type { Series } from '../protocol/instants.ts'
import type { Intervals } from '../schemas/generated/types.ts'
import { getOrMake } from './get-or-make.ts'
import { emptyHistogram, highestUs } from './latency-cell.ts'

/** Things that are counted per interval and printed as a rate. */
export const ratedThings = ['messages', 'pushes', 'refreshes', 'pings', 'sessions'] as const
export type RatedThing = (typeof ratedThings)[number]

/** Latencies whose course the report draws; the others are in histograms.hlog. */
const drawnSeries = new Set<string>([
  'push_latency',
  'push_latency_raw',
  'send_latency',
  'refresh_latency',
  'ping_latency',
  'request_chat_latency',
  'schedule_lateness',
])

const mostIntervals = 600

export interface IntervalColumns {
  count(thing: RatedThing): void
  record(series: Series, ms: number): void
  /** Closes the intervals that ended before `nowMs`. */
  tick(nowMs: number, sessionsLive: number): void
  finish(nowMs: number, sessionsLive: number): Intervals
}

/**
 * Columns of at most 600 intervals. Their width is chosen from the planned length, so that each is one histogram and
 * nothing is averaged; what a drain takes beyond that is left out of the columns (it is in the log).
 */
export function createIntervalColumns(startMs: number, plannedMs: number): IntervalColumns {
  // A sixth is kept free for a drain that takes long.
  const seconds = Math.max(1, Math.ceil(plannedMs / 1000 / 500))
  const columns: Record<string, (number | null)[]> = {}
  const counts = new Map<RatedThing, number>()
  const histograms = new Map<string, { histogram: Histogram; max: number }>()
  let closed = 0

  const put = (name: string, value: number | null) => {
    columns[name] ??= new Array(closed).fill(null)
    columns[name].push(value)
  }

  function close(sessionsLive: number, lengthSeconds: number) {
    for (const thing of ratedThings) put(thing, (counts.get(thing) ?? 0) / lengthSeconds)
    put('sessions_live', sessionsLive)
    for (const [series, { histogram, max }] of histograms) {
      const at = (p: number) => Math.min(max, histogram.getValueAtPercentile(p) / 1000)
      const isEmpty = histogram.totalCount === 0
      put(`${series}_p50`, isEmpty ? null : at(50))
      put(`${series}_p90`, isEmpty ? null : at(90))
      put(`${series}_p99`, isEmpty ? null : at(99))
      put(`${series}_max`, isEmpty ? null : max)
      histogram.reset()
      histograms.get(series)!.max = 0
    }
    counts.clear()
    closed += 1
    for (const column of Object.values(columns)) if (column.length < closed) column.push(null)
  }

  function tick(nowMs: number, sessionsLive: number) {
    while (closed < mostIntervals && nowMs >= startMs + (closed + 1) * seconds * 1000) close(sessionsLive, seconds)
  }

  return {
    count(thing) {
      counts.set(thing, (counts.get(thing) ?? 0) + 1)
    },
    record(series, ms) {
      if (!drawnSeries.has(series) || ms < 0) return
      const us = Math.max(1, Math.round(ms * 1000))
      if (us > highestUs) return
      const drawn = getOrMake(histograms, series, () => ({ histogram: emptyHistogram(), max: 0 }))
      drawn.histogram.recordValue(us)
      drawn.max = Math.max(drawn.max, ms)
    },
    tick,
    finish(nowMs, sessionsLive) {
      tick(nowMs, sessionsLive)
      const restSeconds = (nowMs - startMs) / 1000 - closed * seconds
      if (closed < mostIntervals && restSeconds > 0.2 * seconds) close(sessionsLive, restSeconds)
      return { seconds, start: new Date(startMs).toISOString(), columns }
    },
  }
}
