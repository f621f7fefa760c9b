import { type Html, html, type Part, trusted } from './html.ts'

export interface Column<Row> {
  head: Part
  /** Numbers are right-aligned with their units. */
  kind?: 'number' | 'text'
  /** The cell that names the row; it becomes the row's heading. */
  isHead?: boolean
  cell: (row: Row) => Part
}

export interface TableContent<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** The caption is read out and not shown: a heading right above says the same. */
  hiddenCaption?: boolean
}

/** A table in a group that scrolls by keyboard on narrow screens (WCAG 2.1.1). */
export function table<Row>({ caption, columns, rows, hiddenCaption }: TableContent<Row>): Html {
  const kindOf = (column: Column<Row>) => trusted(column.kind === 'number' ? ' class="number"' : '')
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table>
<caption${trusted(hiddenCaption ? ' class="hidden"' : '')}>${caption}</caption>
<thead><tr>${columns.map(column => html`<th scope="col"${kindOf(column)}>${column.head}</th>`)}</tr></thead>
<tbody>${rows.map(
    row => html`<tr>${columns.map(column =>
      column.isHead
        ? html`<th scope="row"${kindOf(column)}>${column.cell(row)}</th>`
        : html`<td${kindOf(column)}>${column.cell(row)}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`
}

/** Name and value pairs. */
export function facts(pairs: readonly (readonly [Part, Part])[]): Html {
  return html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

/** A verdict as sign, colour and word, so that colour is never alone. */
export function sign(state: 'good' | 'bad' | 'unsure' | 'none', word: string): Html {
  const glyph = { good: '✓', bad: '✕', unsure: '!', none: '–' }[state]
  return html`<span class="sign ${state}"><span aria-hidden="true">${glyph}</span> ${word}</span>`
}
