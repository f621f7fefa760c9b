import type { Summary } from '../../schemas/generated/types.ts'
import type { Bounds } from './bounds.ts'
import type { StampedMessage } from './join.ts'
import { sameCount, type TruthCheck, type TruthRow, truthRows } from './rows.ts'
import { type Truth, truthOfStamps } from './stall-truth.ts'
import type { Stop } from './stop-process.ts'
import type { WatchedRun } from './watched-run.ts'

export type JudgedSeries = 'push_latency' | 'send_latency' | 'notification_latency' | 'resume_latency'

/** The percentiles of one metric in one run. */
export interface TruthFigure {
  series: JudgedSeries
  rows: TruthRow[]
  /** In the order of the rows; absent where nothing was planted. */
  planted?: string[]
}

/** A metric of which the target stamps each sample. */
export interface StampedSeries {
  series: JudgedSeries
  /** Its samples, in the plural. */
  what: string
  stamped(run: WatchedRun): readonly StampedMessage[]
}

export const pushes: StampedSeries = { series: 'push_latency', what: 'pushed texts', stamped: run => run.pushed }
export const notifications: StampedSeries = {
  series: 'notification_latency',
  what: 'notified texts',
  stamped: run => run.notified,
}
export const cometSends: StampedSeries = { series: 'send_latency', what: 'sends', stamped: run => run.answered }

export interface Stamped {
  truth: Truth
  figure: TruthFigure
  /** Counts, corrected and raw. */
  checks: TruthCheck[]
}

/** @param stop of who takes in what the target writes: it read it when it went on. */
export function compareStamped(run: WatchedRun, of: StampedSeries, bounds: Bounds, stop?: Stop): Stamped {
  const { series, what } = of
  const messages = plannedSteady(run, of.stamped(run))
  const truth = truthOfStamps(messages, stop)
  const [corrected, raw] = [steadyOf(run, series), steadyOf(run, `${series}_raw`)]
  return {
    truth,
    figure: { series, rows: truthRows({ truth, corrected, raw, bounds, rawIs: 'like-truth' }) },
    checks: [sameCount(what, messages.length, corrected.count), sameCount(`${what} (raw)`, messages.length, raw.count)],
  }
}

/** Planned for the steady phase, whenever they came. */
export function plannedSteady({ steadyMs, drainMs }: WatchedRun, messages: readonly StampedMessage[]) {
  return messages.filter(({ plannedMs }) => plannedMs >= steadyMs && plannedMs < drainMs)
}

export function steadyOf({ result }: WatchedRun, series: string): Summary {
  const summary = result.metrics[series]?.steady
  if (!summary) throw new Error(`the run has no ${series}: ${result.verdict.sentence}`)
  return summary
}
