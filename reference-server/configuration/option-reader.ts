import type { OptionReader } from '../actors.ts'
import type { OptionStore } from './configuration.ts'
import { type ActorKind, findOption, type OptionRow } from './option-table.ts'
import { readList } from './option-value.ts'

export interface ReaderState {
  kind: ActorKind
  store: OptionStore
  /** `after restart` options as they were when the actor started (OPT-008); undefined = set, but invalid. */
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

/** Service level over [chat] (OPT-009), then the documented default; for an invalid value that default at once (OPT-006). */
export function valueInForce(state: ReaderState, section: string, option: string): string {
  const own = ownValue(state, section, option)
  if (own !== undefined) return own
  const row = findRow(section, option)
  const key = `${section}\n${option}`
  // An actor's frozen options name what was invalid at its start without a value.
  const isInvalid = row.takesEffect === 'after restart' ? state.frozen.has(key) : isInvalidIn(state.store, section, row)
  const general = section.startsWith('chat.') && !isInvalid ? ownValue(state, 'chat', option) : undefined
  return general ?? row.fallback ?? ''
}

/** What an actor that starts now would read. */
export function valueAtStart(store: OptionStore, section: string, row: OptionRow): string {
  const set = store.sections.get(section)?.get(row.option)
  const isInvalid = isInvalidIn(store, section, row)
  if (set !== undefined && !isInvalid) return set
  const isGeneral = section.startsWith('chat.') && !isInvalid && findOption('chat', row.option) === row
  return isGeneral ? valueAtStart(store, 'chat', row) : (row.fallback ?? '')
}

/** Not so an option that only [chat] has: in the section of a service it is unknown and ignored (OPT-009, OPT-010). */
function isInvalidIn(store: OptionStore, section: string, row: OptionRow): boolean {
  return store.invalid.has(`${section}\n${row.option}`) && findOption(section, row.option) === row
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
