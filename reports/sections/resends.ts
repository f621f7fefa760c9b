import type { Result } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { type Html, html } from '../page/html.ts'
import { counted, countText, percentText } from '../page/number-text.ts'
import { facts, table } from '../page/table.ts'
import { resendsOverTime } from './over-time.ts'

/** What came more often than once, and what came in the wrong order. */
export function resends(result: Result): Html {
  const { ledger, counters, attempts = [] } = result
  if (ledger.posts === 0 || deliveryOf(result).isNotified) return html``
  const outOfOrder = counters.pushes_out_of_order ?? 0
  return html`<section aria-labelledby="resends"><h2 id="resends">Resends, duplicates, order</h2>
${facts([
  [
    'Repeated',
    html`${countText(ledger.repeated)} <span class="quiet">POSTs that announce again what was not fetched in time; allowed</span>`,
  ],
  [
    'Duplicate',
    html`${countText(ledger.duplicate)} <span class="quiet">second first POSTs of one event; a fault</span>`,
  ],
  [
    'Out of order',
    html`${countText(outOfOrder)} <span class="quiet">first POSTs with a lower index than one before</span>`,
  ],
])}
${attemptTable(attempts)}
${resendsOverTime(result)}</section>`
}

/** Only reliable notices name their attempt. */
function attemptTable(attempts: readonly number[]): Html {
  if (attempts.length === 0)
    return html`<p class="quiet">Attempts were not counted: only reliable pushes are repeated and name their attempt.</p>`
  const [first = 0, ...again] = attempts
  const repeated = again.reduce((sum, count) => sum + count, 0)
  if (repeated === 0)
    return html`<p>Each of ${counted(first, 'reliable notice')} was sent once: attempt 0, no repetition.</p>`
  return table({
    caption: 'Reliable notices by the attempt that they name',
    columns: [
      { head: 'Attempt', isHead: true, cell: ([attempt]) => attempt },
      { head: 'POSTs', kind: 'number', cell: ([, count]) => countText(count) },
      {
        head: 'Share of attempt 0',
        kind: 'number',
        cell: ([, count]) => (first === 0 ? '–' : percentText(count / first)),
      },
    ],
    rows: attempts.map((count, attempt) => [attempt === 0 ? '0, first send' : String(attempt), count] as const),
  })
}
