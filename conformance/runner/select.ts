import { nearest } from '../../protocol/nearest.ts'
import { type Case, type CaseSection, isCustomerOnly } from '../case.ts'
import { ruleById } from '../rules/catalogue.ts'
import { areas, type Level } from '../rules/rule.ts'

/** A case with its place. */
export interface PlacedCase {
  area: string
  section: string
  case: Case
}

export function placeCases(sections: readonly CaseSection[]): PlacedCase[] {
  return sections.flatMap(({ area, section, cases }) => cases.map(each => ({ area, section, case: each })))
}

export interface Selection {
  /** Areas, sections, rule or case ids (with `*`), levels, `customer`; any of them selects. Empty = all. */
  only: readonly string[]
  /** The same words; any of them leaves out. */
  skip: readonly string[]
  /** Ids of cases, `*` allowed. */
  cases: readonly string[]
}

/** A word of `--only`, `--skip` or `--case` that fits nothing. */
export class UnknownWord extends Error {}

const levels: readonly Level[] = ['MUST', 'SHOULD', 'MAY']

/** @throws UnknownWord with the nearest known one. */
export function selectCases(all: readonly PlacedCase[], { only, skip, cases }: Selection): PlacedCase[] {
  const wanted = [...only.map(word => matcher('--only', word, all)), ...cases.map(word => caseMatcher(word, all))]
  const unwanted = skip.map(word => matcher('--skip', word, all))
  return all
    .filter(each => wanted.length === 0 || wanted.some(fits => fits(each)))
    .filter(each => !unwanted.some(fits => fits(each)))
}

type Fits = (each: PlacedCase) => boolean

function matcher(option: string, word: string, all: readonly PlacedCase[]): Fits {
  const level = levels.find(each => each === word.toUpperCase())
  if (level) return each => ruleById(each.case.rules[0])?.level === level
  if (word === 'customer') return each => isCustomerOnly(each.case)
  if (areas.some(area => area === word)) return each => each.area === word
  if (all.some(each => each.section === word)) return each => each.section === word
  if (ruleById(word.toUpperCase())) return each => each.case.rules.includes(word.toUpperCase())
  const pattern = wildcard(word)
  const fits: Fits = ({ case: { id, rules } }) => pattern.test(id) || rules.some(rule => pattern.test(rule))
  if (all.some(fits)) return fits
  const known = [...areas, 'customer', ...levels, ...all.flatMap(each => [each.section, each.case.id])]
  throw unknown(
    `${option} ${word}`,
    word,
    known,
    `an area (${areas.join(', ')}), a section, a rule or case id, a level or "customer" is needed`,
  )
}

function caseMatcher(word: string, all: readonly PlacedCase[]): Fits {
  const pattern = wildcard(word)
  const fits: Fits = each => pattern.test(each.case.id)
  if (all.some(fits)) return fits
  throw unknown(
    `--case ${word}`,
    word,
    all.map(each => each.case.id),
    'see chatgauge conform --list',
  )
}

function unknown(what: string, word: string, known: readonly string[], else_: string): UnknownWord {
  const meant = nearest(word, known)
  return new UnknownWord(`${what} fits no case${meant ? ` (did you mean ${meant}?)` : ''}; ${else_}`)
}

/** `CV2-08*`, `PUSH-050/*`. */
export function wildcard(text: string): RegExp {
  const escaped = text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${escaped}$`, 'i')
}
