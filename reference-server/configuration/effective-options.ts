import type { EffectiveOption } from '../actors.ts'
import type { OptionStore } from './configuration.ts'
import { type ReaderState, valueAtStart, valueInForce } from './option-reader.ts'
import { findOption, type OptionRow, optionTable, ownerOf } from './option-table.ts'

/** OPT-012: each documented option of a plain section, and whatever was set anywhere, with origin and pending value. */
export function listEffective(store: OptionStore, readers: readonly ReaderState[]): EffectiveOption[] {
  const list: EffectiveOption[] = []
  for (const row of optionTable) {
    for (const section of row.sections) if (!section.includes('*')) list.push(describe(row, section, store, readers))
  }
  for (const [section, options] of store.sections) {
    for (const option of options.keys()) {
      const row = findOption(section, option)
      if (row && !row.sections.includes(section)) list.push(describe(row, section, store, readers))
    }
  }
  return list
}

function describe(
  row: OptionRow,
  section: string,
  store: OptionStore,
  readers: readonly ReaderState[],
): EffectiveOption {
  const key = `${section}\n${row.option}`
  const set = store.sections.get(section)?.get(row.option)
  const next = valueAtStart(store, section, row)
  const owners = readers.filter(reader => reader.kind === ownerOf(row))
  const inForce = owners.map(reader => valueInForce(reader, section, row.option))
  const old = row.takesEffect === 'after restart' ? inForce.find(value => value !== next) : undefined
  return {
    section,
    option: row.option,
    value: old ?? next,
    origin:
      set === undefined ? 'default' : store.invalid.has(key) ? 'invalid' : store.setLater.has(key) ? 'set' : 'file',
    takesEffect: row.takesEffect,
    ...(old === undefined ? {} : { pending: next }),
  }
}
