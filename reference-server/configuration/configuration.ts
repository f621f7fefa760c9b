import type { Configuration, ConfigurationInput, EffectiveOption, SetOutcome } from '../actors.ts'
import { listEffective } from './effective-options.ts'
import { type IniSections, parseIni } from './ini.ts'
import { createOptionReader, type ReaderState, valueAtStart, valueInForce } from './option-reader.ts'
import { findOption, isKnownSection, ownerOf } from './option-table.ts'
import { checkOption, checkSection, nearestOption } from './option-warning.ts'

/** Options as set, before defaults and effect times. */
export interface OptionStore {
  sections: IniSections
  /** `section\noption` of what was set at run time or with --set. */
  setLater: Set<string>
  /** `section\noption` of values that are not in force because they are invalid. */
  invalid: Set<string>
}

export function loadConfiguration(input: ConfigurationInput): Configuration {
  const source = input.source ?? 'configuration'
  let { log } = input
  const warn = (line: string) => log.warn(`${source}: ${line}`)
  const sections = parseIni(input.text ?? '', (line, what) => warn(`line ${line} ${what}; it is ignored`))
  const store: OptionStore = { sections, setLater: new Set(), invalid: new Set() }
  const readers = new Map<string, ReaderState>()

  for (const [section, options] of sections) {
    const unknown = checkSection(section)
    if (unknown) warn(unknown)
    else for (const [option, value] of options) judge(section, option, value)
  }
  for (const assignment of input.set ?? []) assign(assignment)

  return {
    reader(actor, kind = 'gms-node') {
      const state: ReaderState = { kind, store, frozen: freeze(), cache: new Map() }
      readers.set(actor, state)
      return createOptionReader(state)
    },
    set,
    effective: (): EffectiveOption[] => listEffective(store, [...readers.values()]),
    hasService: service => sections.has(`chat.${service}`),
    logTo(other) {
      log = other
    },
  }

  function judge(section: string, option: string, value: string): string | undefined {
    const key = `${section}\n${option}`
    const { warning, invalid } = checkOption(section, option, value)
    if (invalid) store.invalid.add(key)
    else store.invalid.delete(key)
    if (warning) warn(warning)
    return warning
  }

  function set(section: string, option: string, value: string | undefined): SetOutcome {
    const options = sections.get(section)
    let warning: string | undefined
    if (value === undefined) {
      options?.delete(option)
      store.invalid.delete(`${section}\n${option}`)
    } else {
      if (options) options.set(option, value)
      else sections.set(section, new Map([[option, value]]))
      warning = judge(section, option, value)
    }
    store.setLater.add(`${section}\n${option}`)
    for (const state of readers.values()) state.cache.clear()
    if (warning) return { kind: 'warned', warning }
    const until = waitingActors(section, option)
    return until.length > 0 ? { kind: 'pending', until } : { kind: 'in-force' }
  }

  /** Actors that read the option and still have another value (OPT-008, OPT-012). */
  function waitingActors(section: string, option: string): string[] {
    const row = findOption(section, option)
    if (row?.takesEffect !== 'after restart') return []
    const next = valueAtStart(store, section, row)
    return [...readers]
      .filter(([, state]) => state.kind === ownerOf(row) && valueInForce(state, section, option) !== next)
      .map(([actor]) => actor)
  }

  function assign(assignment: string): void {
    const equals = assignment.indexOf('=')
    const path = splitPath(assignment.slice(0, Math.max(equals, 0)))
    if (!path) warn(`--set ${assignment}: allowed is section.option=value; it is ignored`)
    else set(path.section, path.option, assignment.slice(equals + 1))
  }

  /** Values of `after restart` options as they are now, for an actor that starts now; undefined = invalid. */
  function freeze(): Map<string, string | undefined> {
    const frozen = new Map<string, string | undefined>()
    for (const [section, options] of sections) {
      for (const [option, value] of options) {
        if (findOption(section, option)?.takesEffect !== 'after restart') continue
        const key = `${section}\n${option}`
        frozen.set(key, store.invalid.has(key) ? undefined : value)
      }
    }
    return frozen
  }
}

/** Section and option names both have dots: the longest known option name wins (`debug.customhttp.url`). */
export function splitPath(path: string): { section: string; option: string } | undefined {
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const split = { section: path.slice(0, dot), option: path.slice(dot + 1) }
    if (findOption(split.section, split.option)) return split
  }
  // Nothing is called so: the section that has an option of nearly that name, or the longest that there is.
  const known = splits(path).filter(({ section }) => isKnownSection(section))
  const meant = known.find(({ section, option }) => nearestOption(section, option) !== undefined) ?? known[0]
  if (meant) return meant
  const dot = path.lastIndexOf('.')
  return dot > 0 && dot < path.length - 1 ? { section: path.slice(0, dot), option: path.slice(dot + 1) } : undefined
}

/** The longest section first. */
function splits(path: string): { section: string; option: string }[] {
  const dots = [...path.matchAll(/\./g)].map(({ index }) => index).filter(dot => dot > 0 && dot < path.length - 1)
  return dots.reverse().map(dot => ({ section: path.slice(0, dot), option: path.slice(dot + 1) }))
}
