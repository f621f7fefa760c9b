import { visible } from './html.ts'

/** A reason or a rule text is one sentence; a longer one is somebody's message and is cut. */
const longestText = 400

/**
 * Text as text: no markup, no table cell borders, no mentions, no links of issues, requests or addresses, no formulas.
 * Backslashes where Markdown knows them, character references for `<`, `&`, `@` and the slashes of an address.
 */
export function md(text: string): string {
  const line = visible(text).replace(/\s+/g, ' ')
  const short = line.length > longestText ? `${line.slice(0, longestText).toWellFormed()}…` : line
  // Backslashes first: the references have a '#' of their own.
  return (
    short
      .replace(/[\\`*[\]#|~$]|!(?=\d|\[)|%(?=["\d])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
      // What would begin a list, a quotation or a heading at the start of a line.
      .replace(/^[-+>=]|(?<=^\d+)[.)](?= |$)/, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('@', '&#64;')
      .replaceAll('://', ':&#47;&#47;')
      .replaceAll('www.', 'www&#46;')
  )
}

/** Code in a table cell; a backtick inside would end it, a bar the cell. */
export const code = (text: string) => `\`${oneLine(text).replaceAll('`', "'").replaceAll('|', '¦')}\``

function oneLine(text: string): string {
  const line = visible(text).replace(/\s+/g, ' ')
  return line.length > longestText ? `${line.slice(0, longestText).toWellFormed()}…` : line
}

export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  // Heads that end with '#' are numbers: right-aligned.
  const rule = heads.map(head => (head.endsWith('#') ? '---:' : '---'))
  return [row(heads.map(head => head.replace(/#$/, ''))), row(rule), ...rows.map(row)].join('\n')
}
