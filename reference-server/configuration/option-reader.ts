import type { OptionReader } from '../actors.ts'
import type { OptionStore } from './configuration.ts'
import { type ActorKind, findOption, type OptionRow } from './option-table.ts'
import { readList } from './option-value.ts'

export interface ReaderState {
  kind: ActorKind
  store: OptionStore
  /** `after restart` options as they were when the actor started (OPT-008). */
  frozen: ReadonlyMap<string, string | undefined>
  /** Resolved values by section and option: options are read on the message path. */
  cache: Map<string, Map<string, Resolved>>
}

interface Resolved {
  text: string
  flag: boolean
  integer: number
  list: readonly string[]
}

export function createOptionReader(state: ReaderState): OptionReader {
  const { sections } = state.store
  return {
    text: (section, option) => resolve(section, option).text,
    flag: (section, option) => resolve(section, option).flag,
    integer: (section, option) => resolve(section, option).integer,
    list: (section, option) => resolve(section, option).list,
    own: (section, option) => ownValue(state, section, option),
    hasService: service => sections.has(`chat.${service}`),
    sections: () => [...sections.keys()],
  }

  function resolve(section: string, option: string): Resolved {
    let options = state.cache.get(section)
    if (!options) {
      options = new Map()
      state.cache.set(section, options)
    }
    let resolved = options.get(option)
    if (!resolved) {
      resolved = typed(findRow(section, option), valueInForce(state, section, option))
      options.set(option, resolved)
    }
    return resolved
  }
}

/** @returns the value set in exactly this section and in force for this actor. */
export function ownValue(state: ReaderState, section: string, option: string): string | undefined {
  const key = `${section}\n${option}`
  const row = findOption(section, option)
  if (!row) return undefined
  if (row.takesEffect === 'after restart') return state.frozen.get(key)
  return state.store.invalid.has(key) ? undefined : state.store.sections.get(section)?.get(option)
}

/** Service level over [chat] (OPT-009), then the documented default. */
export function valueInForce(state: ReaderState, section: string, option: string): string {
  const own = ownValue(state, section, option)
  if (own !== undefined) return own
  const general = section.startsWith('chat.') ? ownValue(state, 'chat', option) : undefined
  return general ?? findRow(section, option).fallback ?? ''
}

/** What an actor that starts now would read. */
export function valueAtStart(store: OptionStore, section: string, row: OptionRow): string {
  const valid = (name: string) =>
    store.invalid.has(`${name}\n${row.option}`) ? undefined : store.sections.get(name)?.get(row.option)
  return valid(section) ?? (section.startsWith('chat.') ? valid('chat') : undefined) ?? row.fallback ?? ''
}

/** An option that the code reads is always in the table; a wrong name in the code must not read as a default. */
function findRow(section: string, option: string): OptionRow {
  const row = findOption(section, option) ?? (section.startsWith('chat.') ? findOption('chat', option) : undefined)
  if (!row) throw new Error(`no option ${option} in section ${section}`)
  return row
}

function typed(row: OptionRow, text: string): Resolved {
  return {
    text,
    flag: text.trim().toLowerCase() === 'true',
    integer: Number(text.trim()),
    list: readList(row.kind, text),
  }
}
