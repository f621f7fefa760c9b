import { type Html, html } from '../page/html.ts'
import { table } from '../page/table.ts'
import type { Grid } from './grids.ts'

/** A grid as a table whose heading stands above it. */
export function gridTable({ title, heads, numbers, rows }: Grid): Html {
  return table<readonly string[]>({
    caption: title,
    hiddenCaption: true,
    columns: heads.map((head, at) => ({
      head: head === '' ? html`<span class="hidden">${at === 0 ? 'what' : 'in words'}</span>` : head,
      kind: numbers.includes(at) ? ('number' as const) : ('text' as const),
      isHead: at === 0,
      cell: (row: readonly string[]) => row[at],
    })),
    rows,
  })
}

export function gridSection(id: string, grid: Grid, below: Html = html``): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${grid.title}</h2>
${gridTable(grid)}${below}</section>`
}
