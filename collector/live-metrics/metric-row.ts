import type { ValidityLimit } from '../../schemas/generated/types.ts'
import type { Family, Sample } from './exposition.ts'
import type { LiveRun } from './live-run.ts'

/** A run, and what is reckoned once for all rows. */
export interface LiveView extends LiveRun {
  validity: readonly ValidityLimit[]
}

/** One metric of the live view: the source of its HELP and TYPE lines, of the reference page and of its samples. */
export interface MetricRow {
  name: string
  type: Family['type']
  help: string
  /** Beside `run`, which every sample of a run has. */
  labels: readonly string[]
  samples(view: LiveView): readonly Sample[]
}
