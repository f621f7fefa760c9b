import type { Regression } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { sign, table } from '../page/table.ts'

const signs = { pass: 'good', fail: 'bad', inconclusive: 'unsure' } as const

/** What `--max-regression` allows, and what came of it. */
export function boundTable(regressions: readonly Regression[], hiddenCaption = false): Html {
  return table<Regression>({
    caption: 'Allowed regression',
    hiddenCaption,
    rows: regressions,
    columns: [
      { head: 'Bound', isHead: true, cell: ({ limit }) => html`<code>${limit}</code>` },
      { head: 'Verdict', cell: ({ verdict }) => sign(signs[verdict], verdict) },
      { head: 'In words', cell: ({ text }) => text },
    ],
  })
}
