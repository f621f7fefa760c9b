import type { OptionKind } from './option-table.ts'

/** OPT-002 to OPT-005. @returns what is allowed when the value is not. */
export function refusalOf(kind: OptionKind, value: string): string | undefined {
  switch (kind.type) {
    case 'flag':
      return /^(true|false)$/i.test(value.trim()) ? undefined : 'true or false'
    case 'integer': {
      const bounds = `an integer from ${kind.min} to ${kind.max}`
      if (!/^-?\d{1,15}$/.test(value.trim())) return bounds
      const number = Number(value.trim())
      return number >= kind.min && number <= kind.max ? undefined : bounds
    }
    case 'words':
      return kind.words.includes(value) ? undefined : `one of ${kind.words.filter(word => word !== '').join(', ')}`
    case 'text':
      return kind.pattern && !kind.pattern.test(value) ? (kind.allowed ?? 'allowed') : undefined
    default:
      return undefined
  }
}

/** Items that the option does not know: they are dropped with a warning, the rest stays (OPT-025, OPT-090). */
export function unknownItems(kind: OptionKind, value: string): string[] {
  if (kind.type !== 'list' || !kind.items) return []
  const { items } = kind
  return readItems(value).filter(item => !items.includes(item))
}

/** OPT-004. */
export function readList(kind: OptionKind, value: string): readonly string[] {
  const items = [...new Set(readItems(value))]
  return kind.type === 'list' && kind.items ? items.filter(item => kind.items!.includes(item)) : items
}

function readItems(value: string): string[] {
  return value
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}
