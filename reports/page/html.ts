/** Markup that is already safe; only `html` and `trusted` make it. */
export interface Html {
  readonly markup: string
}
export type Part = Html | string | number | undefined | readonly Part[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Tab and line ends may stay; the last two ranges reorder the text around them. */
const unwelcome = /(?![\t\n\r])\p{Cc}|\p{Noncharacter_Code_Point}|[\u202a-\u202e\u2066-\u2069]/gu

/** Text that shows what is in it: control characters and the like by their code point. */
export function visible(text: string): string {
  return text.toWellFormed().replace(unwelcome, found => {
    const code = (found.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
    return `⟨U+${code}⟩`
  })
}

export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, found => entities[found] as string)
}

function markupOf(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escapeHtml(part)
  return 'markup' in part ? part.markup : part.map(markupOf).join('')
}

/** Tagged template: every text that is put in is escaped, markup is not escaped twice. */
export function html(pieces: TemplateStringsArray, ...parts: Part[]): Html {
  return { markup: pieces.reduce((before, piece, i) => before + markupOf(parts[i - 1]) + piece) }
}

/** For markup from our own sources only (style sheet, rendered figures). */
export function trusted(markup: string): Html {
  return { markup }
}
