import { type LatencyMetric, latencyMetrics, type Phase, phases } from '../../protocol/instants.ts'
import { latencyMeanings } from '../../protocol/metric-meanings.ts'
import type { LatencyCell } from '../latency-cell.ts'
import type { Sample } from './exposition.ts'
import { latencyBoundsSeconds, latencyBuckets } from './latency-buckets.ts'
import type { MetricRow } from './metric-row.ts'

const boundTexts = latencyBoundsSeconds.map(String)

export const latencyRows: readonly MetricRow[] = (Object.keys(latencyMetrics) as LatencyMetric[]).flatMap(metric =>
  latencyMetrics[metric].hasRaw ? [latencyRow(metric, false), latencyRow(metric, true)] : [latencyRow(metric, false)],
)

function latencyRow(metric: LatencyMetric, isRaw: boolean): MetricRow {
  const series = isRaw ? `${metric}_raw` : metric
  const raw = isRaw ? ' Raw: from the send instead of the planned instant.' : ''
  const trace = latencyMetrics[metric].needsTrace ? ' Absent where the target streams no trace.' : ''
  return {
    name: `chatgauge_${series}_seconds`,
    type: 'histogram',
    help: `${latencyMeanings[metric]}${raw}${trace}`,
    labels: ['phase'],
    samples({ books }) {
      const byPhase = books.context.histograms.cells.get(series)
      if (!byPhase && latencyMetrics[metric].needsTrace) return []
      // Zeros first: a series that appears with its first samples would never show them as an increase.
      return phases.flatMap(phase => samplesOf(phase, byPhase?.get(phase)))
    },
  }
}

function samplesOf(phase: Phase, cell: LatencyCell | undefined): Sample[] {
  const { atMost, count, sumSeconds } = latencyBuckets(cell)
  return [
    ...atMost.map((value, at): Sample => ({ suffix: '_bucket', labels: { phase, le: boundTexts[at]! }, value })),
    { suffix: '_bucket', labels: { phase, le: '+Inf' }, value: count },
    { suffix: '_sum', labels: { phase }, value: sumSeconds },
    { suffix: '_count', labels: { phase }, value: count },
  ]
}
