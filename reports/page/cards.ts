import { type Html, html, type Part } from './html.ts'

export interface Card {
  name: string
  value: string
  /** Verdict on the value, and what it is held against. */
  state?: Html | undefined
  against?: Part
  lines: readonly Part[]
}

/** The few numbers of a first screen, each with its limit. */
export function cards(all: readonly Card[]): Html {
  return html`<section aria-labelledby="numbers"><h2 id="numbers" class="hidden">The numbers that matter</h2>
<ul class="cards">${all.map(
    ({ name, value, state, against, lines }) =>
      html`<li><p class="name">${name}</p><p class="value">${value}</p><p class="against">${state} <span class="quiet">${against}</span></p>
${lines.filter(line => line !== undefined).map(line => html`<p class="quiet">${line}</p>`)}</li>`,
  )}</ul></section>`
}
