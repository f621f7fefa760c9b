import { type Html, html, type Part, trusted } from './html.ts'

export interface Bar {
  name: Part
  /** Of the longest bar, 0 to 1; more is drawn as 1. */
  share: number
  /** The number beside the bar. */
  value: Part
  what: Part
  tone?: 'plain' | 'bad' | 'unsure'
}

/** Rows of name, bar, number and words; plain HTML, so that it is its own table. */
export function bars(rows: readonly Bar[]): Html {
  return html`<ol class="bars">${rows.map(({ name, share, value, what, tone }) => {
    const width = trusted((100 * Math.min(1, Math.max(0, share))).toFixed(2))
    return html`<li><span class="stage">${name}</span><span class="bar ${tone ?? 'plain'}"><span style="width:${width}%"></span></span><span class="count">${value}</span><span class="quiet">${what}</span></li>
`
  })}</ol>`
}
