import { type Html, html } from './html.ts'

/** Statements of rules write names as Markdown does. */
export function withCode(text: string): Html[] {
  return text.split('`').map((part, at) => (at % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))
}
