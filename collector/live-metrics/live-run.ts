import type { ThresholdRule } from '../../protocol/threshold.ts'
import type { LiveBooks } from './live-books.ts'

/** A run that is shown live. */
export interface LiveRun {
  run: string
  /** Labels of chatgauge_run_info beside the run's name. */
  info: Readonly<Record<string, string>>
  /** In force, the usual ones included. */
  thresholds: readonly ThresholdRule[]
  /** What the validity limits are shares of. */
  tightestLimitMs: number
  hasPushes?: boolean
  hasNotifications?: boolean
  books: LiveBooks
}
