import { nearest } from '../../protocol/nearest.ts'
import { findOption, isKnownSection, matchesSection, optionTable } from './option-table.ts'
import { refusalOf, unknownItems } from './option-value.ts'

/** OPT-010. @returns a warning when no option is documented for such a section. */
export function checkSection(section: string): string | undefined {
  if (isKnownSection(section)) return undefined
  const names = optionTable.flatMap(row => row.sections).filter(name => !name.includes('*'))
  return `unknown section [${section}]${hint(nearest(section, names))}; it is ignored`
}

/** OPT-006, OPT-010. `invalid`: the value is not used. */
export function checkOption(section: string, option: string, value: string): { warning?: string; invalid: boolean } {
  const row = findOption(section, option)
  if (!row) {
    if (!isKnownSection(section)) return { warning: checkSection(section)!, invalid: true }
    return {
      warning: `[${section}] ${option}: unknown option${hintFor(section, option)}; it is ignored`,
      invalid: true,
    }
  }
  const allowed = refusalOf(row.kind, value)
  if (allowed) {
    const instead = !row.fallback ? 'it counts as absent' : `the default ${row.fallback} is used`
    return { warning: `[${section}] ${option}: '${value}' is not ${allowed}; ${instead}`, invalid: true }
  }
  const unknown = unknownItems(row.kind, value)
  if (unknown.length === 0 || row.kind.type !== 'list') return { invalid: false }
  const items = row.kind.items!
  return {
    warning: `[${section}] ${option}: ignored ${unknown.join(', ')}${hint(nearest(unknown[0]!, items))}; allowed are ${items.join(', ')}`,
    invalid: false,
  }
}

function hintFor(section: string, option: string): string {
  const elsewhere = optionTable.find(row => row.option === option)
  if (elsewhere) return ` (it belongs to [${elsewhere.sections.join('] or [')}])`
  return hint(nearestOption(section, option))
}

/** The option of this section that is called nearly so. */
export function nearestOption(section: string, option: string): string | undefined {
  const rows = optionTable.filter(row => row.sections.some(pattern => matchesSection(pattern, section)))
  return nearest(
    option,
    rows.map(row => row.option),
  )
}

function hint(name: string | undefined): string {
  return name === undefined ? '' : ` (did you mean ${name}?)`
}
