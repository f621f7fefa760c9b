/** Markup that is already safe; only `html` and `trusted` make it. */
export interface Html {
  readonly markup: string
}
export type Part = Html | string | number | undefined | readonly Part[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Control characters break parsers and bidirectional overrides reorder the text around them; both are shown by their
 * code point instead.
 */
export function visible(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get through
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, found =>
        `⟨U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
      )
  )
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
