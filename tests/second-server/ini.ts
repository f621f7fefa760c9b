// Configuration files as the documentation prints them: [section], then option=value.
export type IniFile = ReadonlyMap<string, ReadonlyMap<string, string>>

export function parseIni(text: string): IniFile {
  const file = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue
    const heading = /^\[(.+)\]$/.exec(line)?.[1]?.trim()
    if (heading !== undefined) {
      section = file.get(heading) ?? new Map()
      file.set(heading, section)
      continue
    }
    const [, option, value] = /^([^=]+?)\s*=\s*(.*)$/.exec(line) ?? []
    if (option === undefined) throw new Error(`line ${at + 1}: expected [section] or option=value, not '${line}'`)
    if (section === undefined) throw new Error(`line ${at + 1}: '${option}' stands before the first [section]`)
    section.set(option, value ?? '')
  }
  return file
}
