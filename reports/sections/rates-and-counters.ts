import type { Result } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { type Html, html } from '../page/html.ts'
import { countText, percentText, rateText } from '../page/number-text.ts'
import { table } from '../page/table.ts'

export function ratesAndCounters(result: Result): Html {
  const { hasPushes } = deliveryOf(result)
  const rates = Object.entries(result.rates).filter(([name]) => hasPushes || name !== 'pushes_received')
  return html`${
    rates.length === 0
      ? ''
      : table({
          caption: 'Rates of the steady phase',
          columns: [
            { head: 'What', isHead: true, cell: ([name]) => name.replaceAll('_', ' ') },
            {
              head: 'Offered',
              kind: 'number',
              cell: ([, { offered }]) => (offered === null ? 'follows from others' : rateText(offered)),
            },
            { head: 'Achieved', kind: 'number', cell: ([, { achieved }]) => rateText(achieved) },
            {
              head: 'Share',
              kind: 'number',
              cell: ([, { offered, achieved }]) =>
                offered === null || offered === 0 ? '–' : percentText(achieved / offered),
            },
          ],
          rows: rates,
        })
  }
<details><summary>All counters</summary>${table({
    caption: 'Counters, all phases',
    columns: [
      { head: 'Counter', isHead: true, cell: ([name]) => html`<code>${name}</code>` },
      { head: 'Count', kind: 'number', cell: ([, count]) => countText(count) },
    ],
    rows: Object.entries(result.counters),
  })}</details>`
}
