import type { Result } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { type Html, html } from '../page/html.ts'
import { countText } from '../page/number-text.ts'
import { sign, table } from '../page/table.ts'

type Term = readonly [string, number]

/** An equation of counts, each number above its name. */
function equation(left: Term, right: readonly Term[]): Html {
  const term = ([name, count]: Term) =>
    html`<span class="term"><b>${countText(count)}</b> <span class="quiet">${name}</span></span>`
  return html`<p class="equation">${term(left)}<span class="op">=</span>${right.map((part, i) => html`${i > 0 ? html`<span class="op">+</span>` : ''}${term(part)}`)}</p>`
}

export function ledger(result: Result, id = 'ledger'): Html {
  const { ledger: book } = result
  const { isNotified, hasPushes, name, posts, covered } = deliveryOf(result)
  const byType = Object.entries(book.byType ?? {})
  return html`<section aria-labelledby="${id}"><h2 id="${id}">Ledger: where every event and every ${isNotified ? name : 'POST'} went</h2>
<p>${book.balanced ? sign('good', 'balances') : sign('bad', 'does not balance')}</p>
${equation(
  ['expected', book.expected],
  [
    ['delivered', book.delivered],
    [covered, book.covered],
    ['lost', book.lost],
    ['open', book.open],
  ],
)}
${equation(
  [`${posts} ${isNotified ? 'heard' : 'read'}`, book.posts],
  [
    ['delivered', book.delivered],
    ...(hasPushes || book.repeated > 0 ? [['repeated', book.repeated] as const] : []),
    ['duplicate', book.duplicate],
    ['foreign', book.foreign],
    ...(hasPushes || book.refused > 0 ? [['refused', book.refused] as const] : []),
  ],
)}
${book.refused === 0 ? '' : html`<p>${countText(book.refused)} POSTs were refused (400, 413): they are no notification.</p>`}
${book.imbalances.length === 0 ? '' : html`<ul class="imbalances">${book.imbalances.map(text => html`<li>${text}</li>`)}</ul>`}
${
  byType.length === 0
    ? ''
    : table({
        caption: 'By type of event',
        columns: [
          { head: 'Event', isHead: true, cell: ([type]) => type },
          ...(['expected', 'delivered', 'covered', 'lost', 'open'] as const).map(name => ({
            head: name === 'covered' ? covered : name,
            kind: 'number' as const,
            cell: ([, counts]: (typeof byType)[number]) => countText(counts[name]),
          })),
        ],
        rows: byType,
      })
}
${table({
  caption: 'Counts taken apart, never derived from each other',
  columns: [
    { head: 'Who counted', isHead: true, cell: ({ name }) => name },
    { head: 'What', cell: ({ what }) => what },
    { head: 'Count', kind: 'number', cell: ({ count }) => countText(count) },
  ],
  // Nobody was to post.
  rows: book.sources.filter(({ what, count }) => hasPushes || count > 0 || !/\bPOSTs?\b/.test(what)),
})}</section>`
}
