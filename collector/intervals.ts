import { encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js'
import type { Series } from '../protocol/instants.ts'
import type { Intervals } from '../schemas/generated/types.ts'
import { getOrMake } from './get-or-make.ts'
import { emptyHistogram, highestUs } from './latency-cell.ts'

/** Things that are counted per interval and printed as a rate. */
export const ratedThings = ['messages', 'pushes', 'refreshes', 'pings', 'sessions'] as const
export type RatedThing = (typeof ratedThings)[number]

/**
 * What many runs have none of; the column is there from the first one on, with zeros before. `staged`: events whose way is
 * known instant by instant, and for each stage of it the milliseconds that these events spent in it, per second of the run:
 * sums can be added by interval and by part, and divided by `staged` they are the mean of the stage.
 */
export const occasionalThings = [
  'notifications',
  'resends',
  'duplicates',
  'out_of_order',
  'failures',
  'connections_lost',
  'connections_resumed',
  'staged',
  'stage_chat_server',
  'stage_queue',
  'stage_way',
  'stage_answer',
] as const
export type OccasionalThing = (typeof occasionalThings)[number]

/** Latencies whose course the report draws and whose blocks are kept; the others are in histograms.hlog. */
const drawnSeries = new Set<string>([
  'push_latency',
  'push_latency_raw',
  'notification_latency',
  'notification_latency_raw',
  'resume_latency',
  'send_latency',
  'refresh_latency',
  'ping_latency',
  'request_chat_latency',
  'schedule_lateness',
  'wakeup_delay',
  'hearing_delay',
])

const mostIntervals = 600
/** A planned length of so many intervals; a sixth is kept free for a drain that takes long. */
const plannedIntervals = 500
/** Blocks of a planned length: enough to see how samples bunch and where a series changes, few enough to keep. */
const plannedBlocks = 100

export interface IntervalColumns {
  count(thing: RatedThing | OccasionalThing, amount?: number): void
  record(series: Series, ms: number): void
  /** Closes the intervals that ended before `nowMs`. */
  tick(nowMs: number, sessionsLive: number): void
  finish(nowMs: number, sessionsLive: number): Intervals
}

/** One drawn series: the current interval, the current block, and the closed blocks (null = no sample). */
interface Drawn {
  interval: Histogram
  maxMs: number
  block: Histogram
  blocks: (string | null)[]
}

/**
 * Columns of at most 600 intervals, and one histogram per block of some intervals. Their width is chosen from the planned
 * length, so that each is one histogram and nothing is averaged; what a drain takes beyond that is left out of the columns
 * (it is in the log).
 */
export function createIntervalColumns(startMs: number, plannedMs: number): IntervalColumns {
  const plannedSeconds = Math.max(1, Math.ceil(plannedMs / 1000))
  const seconds = Math.ceil(plannedSeconds / plannedIntervals)
  const every = Math.ceil(Math.ceil(plannedSeconds / seconds) / plannedBlocks)
  const columns: Record<string, (number | null)[]> = {}
  const counts = new Map<string, number>()
  const counted = new Set<string>(ratedThings)
  const drawn = new Map<string, Drawn>()
  let closed = 0

  const put = (name: string, value: number | null, before: 0 | null = null) => {
    columns[name] ??= new Array(closed).fill(before)
    columns[name].push(value)
  }
  const blocksClosed = () => Math.floor(closed / every)

  function close(sessionsLive: number, lengthSeconds: number) {
    for (const thing of counted) put(thing, (counts.get(thing) ?? 0) / lengthSeconds, 0)
    put('sessions_live', sessionsLive)
    for (const [series, { interval, maxMs, block }] of drawn) {
      const at = (p: number) => Math.min(maxMs, interval.getValueAtPercentile(p) / 1000)
      const isEmpty = interval.totalCount === 0
      put(`${series}_p50`, isEmpty ? null : at(50))
      put(`${series}_p90`, isEmpty ? null : at(90))
      put(`${series}_p99`, isEmpty ? null : at(99))
      put(`${series}_max`, isEmpty ? null : maxMs)
      if (!isEmpty) block.add(interval)
      interval.reset()
      drawn.get(series)!.maxMs = 0
    }
    counts.clear()
    closed += 1
    for (const column of Object.values(columns)) if (column.length < closed) column.push(null)
    if (closed % every === 0) closeBlocks()
  }

  function closeBlocks() {
    for (const { block, blocks } of drawn.values()) {
      blocks.push(block.totalCount === 0 ? null : encodeIntoCompressedBase64(block))
      block.reset()
    }
  }

  function tick(nowMs: number, sessionsLive: number) {
    while (closed < mostIntervals && nowMs >= startMs + (closed + 1) * seconds * 1000) close(sessionsLive, seconds)
  }

  return {
    count(thing, amount = 1) {
      counted.add(thing)
      counts.set(thing, (counts.get(thing) ?? 0) + amount)
    },
    record(series, ms) {
      if (!drawnSeries.has(series) || !(ms >= 0)) return
      const us = Math.max(1, Math.round(ms * 1000))
      if (us > highestUs) return
      const of = getOrMake(drawn, series, () => ({
        interval: emptyHistogram(),
        maxMs: 0,
        block: emptyHistogram(),
        blocks: new Array<string | null>(blocksClosed()).fill(null),
      }))
      of.interval.recordValue(us)
      of.maxMs = Math.max(of.maxMs, ms)
    },
    tick,
    finish(nowMs, sessionsLive) {
      tick(nowMs, sessionsLive)
      const restSeconds = (nowMs - startMs) / 1000 - closed * seconds
      if (closed < mostIntervals && restSeconds > 0.2 * seconds) close(sessionsLive, restSeconds)
      const histograms = Object.fromEntries([...drawn].map(([series, { blocks }]) => [series, blocks]))
      return { seconds, start: new Date(startMs).toISOString(), columns, blocks: { every, histograms } }
    },
  }
}
