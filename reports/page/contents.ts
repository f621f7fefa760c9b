import { type Html, html, trusted } from './html.ts'

/** Links to every section of a part of the page, by its headings. */
export function contents(part: Html): Html {
  const headings = [...part.markup.matchAll(/<h2 id="([\w-]+)">(.*?)<\/h2>/g)]
  // What a heading says is markup already.
  return html`<nav class="contents" aria-label="Sections"><ul>${headings.map(([, id, title]) => html`<li><a href="#${id}">${trusted(title!)}</a></li>`)}</ul></nav>`
}
