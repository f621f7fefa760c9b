/** Sections in file order, each with its options in file order; values are verbatim strings (OPT-001). */
export type IniSections = Map<string, Map<string, string>>

/** Reads the INI form of the documentation; a line that is none of its forms is reported and skipped. */
export function parseIni(text: string, report: (line: number, what: string) => void): IniSections {
  const sections: IniSections = new Map()
  let section: Map<string, string> | undefined
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith(';') || line.startsWith('#')) continue
    const heading = /^\[\s*(.+?)\s*\]$/.exec(line)
    if (heading) {
      const name = heading[1]!
      section = sections.get(name) ?? new Map()
      sections.set(name, section)
      continue
    }
    const equals = line.indexOf('=')
    if (equals < 1) report(index + 1, 'is neither [section] nor option = value')
    else if (!section) report(index + 1, 'stands before the first [section]')
    else section.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim())
  }
  return sections
}
