import { counterRows, plannedRows, violationRow } from './counter-rows.ts'
import { expositionText, type Family } from './exposition.ts'
import { latencyRows } from './latency-rows.ts'
import { limitRows, validityOf } from './limit-rows.ts'
import type { LiveRun } from './live-run.ts'
import type { MetricRow } from './metric-row.ts'
import { buildRow, runRows } from './run-rows.ts'

/** Every metric of the live view, in the order of the text. */
export const metricTable: readonly MetricRow[] = [
  ...runRows,
  ...counterRows,
  ...plannedRows,
  violationRow,
  ...limitRows,
  ...latencyRows,
]

/** All figures of a run; every sample names it, so that several runs, or the trials of a search, keep apart. */
function familiesOf(live: LiveRun): Family[] {
  const view = { ...live, validity: validityOf(live) }
  return metricTable.map(({ name, type, help, samples }) => ({
    name,
    type,
    help,
    samples: samples(view).map(sample => ({ ...sample, labels: { run: live.run, ...sample.labels } })),
  }))
}

/** @param live undefined = nothing runs: before the first trial of a search */
export function liveText(version: string, live: LiveRun | undefined): string {
  const build: Family = { ...buildRow, samples: [{ labels: { version }, value: 1 }] }
  return expositionText([build, ...(live ? familiesOf(live) : [])])
}
