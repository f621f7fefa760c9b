import type { Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'

/** What a reader must know beside the numbers: what happened to the run, what was not checked. */
export function notes(result: Result): Html {
  const all = [...result.notes, ...result.coverage.notes]
  if (all.length === 0) return html``
  return html`<section class="notes" aria-labelledby="notes"><h2 id="notes">To know when reading</h2>
<ul>${all.map(note => html`<li>${note}</li>`)}</ul></section>`
}
