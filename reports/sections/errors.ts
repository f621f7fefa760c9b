import type { FailureKind, Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { counted, countText, elapsedText } from '../page/number-text.ts'
import { type Column, sign, table } from '../page/table.ts'
import { failuresOverTime } from './over-time.ts'

/** More kinds than these say nothing new; result.json has them. */
const mostShown = 30

/** Requests that failed, by what was asked and what came of it; and POSTs of pushes that did. */
export function errors(result: Result): Html {
  return html`<section aria-labelledby="errors"><h2 id="errors">Errors by kind</h2>
${failedRequests(result)}
${failedPosts(result)}</section>`
}

function failedRequests(result: Result): Html {
  const { failures, counters } = result
  const failed = counters.requests_failed ?? 0
  if (failed === 0) return html`<p>${sign('good', 'No request failed')}.</p>`
  if (failures === undefined || failures.length === 0)
    return html`<p>${sign('bad', counted(failed, 'request'))} failed; this result does not tell their kinds.</p>`
  return html`<p>${sign('bad', counted(failed, 'request'))} failed, ${counted(failures.length, 'kind')}; <code>violations.ndjson</code> beside this report has single ones.</p>
${kindTable(result, 'Failed requests by kind', 'Operation', failures, [
  {
    head: 'Earliest answer',
    cell: ({ sample }) => (sample === undefined ? '–' : html`<bdi class="sample">${sample}</bdi>`),
  },
])}
${failuresOverTime(result)}`
}

/** No fault by itself: a reliable notice is sent again, and what is lost is counted as lost. */
function failedPosts(result: Result): Html {
  const kinds = result.failedPosts ?? []
  if (kinds.length === 0) return html``
  const failed = kinds.reduce((sum, { count }) => sum + count, 0)
  return html`<p>${counted(failed, 'POST')} of the target ${failed === 1 ? 'was' : 'were'} not answered with success, by its own trace.</p>
${kindTable(result, 'POSTs of pushes that failed, by node', 'GMS node', kinds, [])}`
}

export function kindTable(
  { startedAt }: Result,
  caption: string,
  head: string,
  kinds: readonly FailureKind[],
  more: readonly Column<FailureKind>[],
): Html {
  const since = (at: string) => elapsedText(Math.max(0, (Date.parse(at) - Date.parse(startedAt)) / 1000))
  const left = kinds.slice(mostShown).reduce((sum, { count }) => sum + count, 0)
  return html`${table<FailureKind>({
    caption: `${caption}; times since the first chat, min:s`,
    columns: [
      { head, isHead: true, cell: ({ operation }) => html`<code>${operation}</code>` },
      { head: 'Outcome', cell: ({ outcome }) => html`<bdi>${outcome}</bdi>` },
      { head: 'Count', kind: 'number', cell: ({ count }) => countText(count) },
      { head: 'First', kind: 'number', cell: ({ first }) => since(first) },
      { head: 'Last', kind: 'number', cell: ({ last }) => since(last) },
      ...more,
    ],
    rows: kinds.slice(0, mostShown),
  })}
${left === 0 ? '' : html`<p class="quiet">${countText(left)} more of other kinds are in <code>result.json</code>.</p>`}`
}
