import { rowName } from '../../judging/comparison/difference-text.ts'
import type { ComparedRow, ComparedValue } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { sign, table } from '../page/table.ts'
import { differenceText, ownInterval, ratioText, sideText } from './row-text.ts'

const rowSigns = {
  better: 'good',
  worse: 'bad',
  'no difference shown': 'none',
  'not comparable': 'unsure',
} as const

/** One line a statistic: both values, difference and change, each with its interval, and what that says. */
export function rowTable(caption: string, rows: readonly ComparedRow[], hiddenCaption = false): Html {
  const side = (of: ComparedValue, unit: ComparedRow['unit']) => withInterval(sideText(of, unit), ownInterval(of))
  return table<ComparedRow>({
    caption,
    hiddenCaption,
    rows,
    columns: [
      { head: 'Statistic', isHead: true, cell: row => html`<code>${rowName(row)}</code>` },
      { head: 'Result', kind: 'number', cell: ({ value, unit }) => side(value, unit) },
      { head: 'Baseline', kind: 'number', cell: ({ baseline, unit }) => side(baseline, unit) },
      { head: 'Difference', kind: 'number', cell: row => spanCell(differenceText(row)) },
      { head: 'Change', kind: 'number', cell: row => spanCell(ratioText(row)) },
      {
        head: 'Verdict',
        cell: ({ verdict, reason }) =>
          html`${sign(rowSigns[verdict], verdict)}${reason === '' ? '' : html`<br><span class="quiet">${reason}</span>`}`,
      },
    ],
  })
}

function spanCell({ value, interval }: { value: string; interval: string }): Html {
  return withInterval(value, interval)
}

function withInterval(value: string, interval: string): Html {
  return interval === '' ? html`${value}` : html`${value}<br><span class="quiet">${interval}</span>`
}

/** One line a statistic that only one of them has, or has too little of. */
export function missingList(rows: readonly ComparedRow[]): Html {
  if (rows.length === 0) return html``
  return html`<p>Not comparable:</p><ul>${rows.map(row => html`<li><code>${rowName(row)}</code> ${row.reason}</li>`)}</ul>`
}
