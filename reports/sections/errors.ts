import type { FailureKind, Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { counted, countText, elapsedText } from '../page/number-text.ts'
import { sign, table } from '../page/table.ts'
import { failuresOverTime } from './over-time.ts'

/** More kinds than these say nothing new; result.json has them. */
const mostShown = 30

/** Requests that failed, by what was asked and what came of it. */
export function errors(result: Result): Html {
  return html`<section aria-labelledby="errors"><h2 id="errors">Errors by kind</h2>
${content(result)}</section>`
}

function content(result: Result): Html {
  const { failures, counters, startedAt } = result
  const failed = counters.requests_failed ?? 0
  if (failed === 0) return html`<p>${sign('good', 'No request failed')}.</p>`
  if (failures === undefined || failures.length === 0)
    return html`<p>${sign('bad', counted(failed, 'request'))} failed; this result does not tell their kinds.</p>`
  const since = (at: string) => elapsedText(Math.max(0, (Date.parse(at) - Date.parse(startedAt)) / 1000))
  const left = failures.slice(mostShown).reduce((sum, { count }) => sum + count, 0)
  return html`<p>${sign('bad', counted(failed, 'request'))} failed, ${counted(failures.length, 'kind')}; <code>violations.ndjson</code> beside this report has single ones.</p>
${table<FailureKind>({
  caption: 'Failed requests by kind; times since the first chat, min:s',
  columns: [
    { head: 'Operation', isHead: true, cell: ({ operation }) => html`<code>${operation}</code>` },
    { head: 'Outcome', cell: ({ outcome }) => html`<bdi>${outcome}</bdi>` },
    { head: 'Count', kind: 'number', cell: ({ count }) => countText(count) },
    { head: 'First', kind: 'number', cell: ({ first }) => since(first) },
    { head: 'Last', kind: 'number', cell: ({ last }) => since(last) },
    {
      head: 'Earliest answer',
      cell: ({ sample }) => (sample === undefined ? '–' : html`<bdi class="sample">${sample}</bdi>`),
    },
  ],
  rows: failures.slice(0, mostShown),
})}
${failuresOverTime(result)}
${left === 0 ? '' : html`<p class="quiet">${countText(left)} more of other kinds are in <code>result.json</code>.</p>`}`
}
