import { latencyMetrics } from '../../protocol/instants.ts'
import type { Percentile, Result, Summary } from '../../schemas/generated/types.ts'
import { type Html, html, type Part } from '../page/html.ts'
import { countText, percentileName, percentileText, threeDigits } from '../page/number-text.ts'
import { type Column, table } from '../page/table.ts'
import { isRaw, judgedSummary, type PercentileKey } from '../reading.ts'

const shownKeys = ['p50', 'p90', 'p95', 'p99', 'p999'] as const satisfies readonly PercentileKey[]
const briefKeys = ['p50', 'p99'] as const satisfies readonly PercentileKey[]

interface Row {
  series: string
  form: string
  summary: Summary
}

function cell(percentile: Percentile): Part {
  if (percentile.value !== null) return `${percentile.atLeast ? '≥ ' : ''}${threeDigits(percentile.value)}`
  return html`<span class="few">${percentile.needs === undefined ? 'too few' : `needs n = ${countText(percentile.needs)}`}</span>`
}

/** Series in the order of the metrics page, each corrected row above its raw one. */
function rows(result: Result, phase: string | undefined): Row[] {
  const order = Object.keys(latencyMetrics)
  const place = (series: string) => {
    const at = order.indexOf(series.replace(/_raw$/, ''))
    return (at < 0 ? order.length : at) * 2 + (isRaw(series) ? 1 : 0)
  }
  return Object.keys(result.metrics)
    .toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .flatMap(series => {
      const summary = phase === undefined ? judgedSummary(result, series)?.summary : result.metrics[series]?.[phase]
      const hasRaw = result.metrics[`${series}_raw`] !== undefined
      return summary === undefined
        ? []
        : [{ series, summary, form: isRaw(series) ? 'raw' : hasRaw ? 'corrected' : 'as is' }]
    })
}

function notMeasured(rowsShown: readonly Row[]): Html {
  const odd = rowsShown.flatMap(({ series, summary }) => [
    ...(summary.censored > 0
      ? [
          `${series}: ${countText(summary.censored)} lost, open, dropped or timed out are entered as at least the waiting time; percentiles in that share, mean and maximum show as “≥”.`,
        ]
      : []),
    ...(summary.overflow > 0
      ? [`${series}: ${countText(summary.overflow)} samples above 1 h are counted as overflow.`]
      : []),
    ...(summary.negative > 0 ? [`${series}: ${countText(summary.negative)} samples below zero (clock trouble).`] : []),
  ])
  if (rowsShown.some(({ summary }) => shownKeys.some(key => summary[key].value === null))) {
    odd.push(
      '“needs n = …”: not enough samples for this percentile; it would be a guess from a handful of the slowest.',
    )
  }
  return odd.length === 0 ? html`` : html`<ul class="quiet">${odd.map(text => html`<li>${text}</li>`)}</ul>`
}

const atLeast = ({ censored, overflow }: Summary) => (censored + overflow > 0 ? '≥ ' : '')

/** @param isBrief only what tells phases apart: warm-up and drain are not judged */
function seriesTable(caption: string, rowsShown: readonly Row[], isBrief: boolean): Html {
  const number = (head: string, of: (row: Row) => Part): Column<Row> => ({ head, kind: 'number', cell: of })
  const ms = (value: number | null) => (value === null ? '–' : threeDigits(value))
  return table<Row>({
    caption,
    hiddenCaption: !isBrief,
    columns: [
      { head: 'Series, ms', isHead: true, cell: ({ series }) => html`<code>${series.replace(/_raw$/, '')}</code>` },
      { head: 'Form', cell: ({ form }) => form },
      number('n', ({ summary }) => countText(summary.count)),
      ...(isBrief
        ? []
        : [
            number('min', ({ summary }) => ms(summary.min)),
            number('mean', ({ summary }) => `${atLeast(summary)}${ms(summary.mean)}`),
          ]),
      ...(isBrief ? briefKeys : shownKeys).map(key => number(percentileName(key), ({ summary }) => cell(summary[key]))),
      number('max', ({ summary }) => `${atLeast(summary)}${ms(summary.max)}`),
    ],
    rows: rowsShown,
  })
}

export function latencyTable(result: Result): Html {
  const judged = rows(result, undefined)
  const others = ['warm-up', 'drain', 'all']
    .map(phase => ({ phase, rows: rows(result, phase) }))
    .filter(({ rows: of }) => of.length > 0)
  return html`<section aria-labelledby="latencies"><h2 id="latencies">All latencies</h2>
<p>Milliseconds, steady phase. <b>Corrected</b> counts from the planned instant and so keeps the waiting time that a slow target causes; <b>raw</b> counts from the real send.</p>
${judged.length === 0 ? html`<p class="quiet">Nothing was measured.</p>` : seriesTable('All latencies, steady phase', judged, false)}
${notMeasured(judged)}
${others.map(({ phase, rows: of }) => html`<details><summary>${phase === 'all' ? 'All phases' : `Phase ${phase}`}</summary>${seriesTable(phase === 'all' ? 'All phases, ms' : `Phase ${phase}, ms`, of, true)}</details>`)}
</section>`
}

export const latencyLine = (summary: Summary): string =>
  shownKeys
    .filter(key => summary[key].value !== null)
    .map(key => `${percentileName(key)} ${percentileText(summary[key], key, summary.count)}`)
    .join(', ')
