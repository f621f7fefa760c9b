import type { Log } from './log.ts'

type Fields = Parameters<Log['info']>[1]

/** Characters of a line, and of each of its fields: ids of a client may be as long as a body. */
const longestText = 2000

export function clippedText(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}

export function clippedFields(fields: Fields): Fields {
  if (!fields) return fields
  const isLong = (value: unknown) => typeof value === 'string' && value.length > longestText
  if (!Object.values(fields).some(isLong)) return fields
  const entries = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? clippedText(value) : value,
  ])
  return Object.fromEntries(entries) as Fields
}
