import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allCases } from '../conformance/cases/catalogue.ts'
import { ruleById, rules, sections } from '../conformance/rules/catalogue.ts'
import { builtFeatures, notYet } from '../conformance/rules/not-yet.ts'
import { areas } from '../conformance/rules/rule.ts'
import { basisOf } from '../protocol/rule-basis.ts'
import { root } from './import-table/source-files.ts'
import { citations, projectTexts, testedRules } from './rule-coverage/citations.ts'

const texts = projectTexts()
const cited = citations(texts)
// A test's name or a conformance case proves a rule.
const tested = new Set([...testedRules(texts), ...allCases.flatMap(each => each.rules)])
const postponed = new Map(notYet.flatMap(({ because, rules }) => rules.map(rule => [rule, because] as const)))

it('every rule that is cited anywhere is in the catalogue', () => {
  expect(cited.size).toBeGreaterThan(200)
  const unknown = [...cited].filter(([id]) => ruleById(id) === undefined)
  expect(unknown.map(([id, files]) => `${id} in ${files.join(', ')}`)).toEqual([])
})

describe('protocol/rule-basis.ts', () => {
  it('has the basis of the catalogue for every rule that can be broken in a run', () => {
    const about = rules.filter(rule => !rule.id.startsWith('OPT-'))
    const different = about.filter(rule => basisOf(rule.id) !== rule.basis)
    expect(different.map(rule => `${rule.id} is ${rule.basis}, not ${basisOf(rule.id)}`)).toEqual([])
  })

  it('lists no rule that the catalogue does not have', () => {
    const text = readFileSync(join(root, 'protocol/rule-basis.ts'), 'utf8')
    const listed = [...text.matchAll(/(CV2|PUSH|CS|BX): '([\d ]+)'/g)].flatMap(([, area, numbers]) =>
      numbers!.split(' ').map(number => `${area}-${number}`),
    )
    expect(listed.length).toBeGreaterThan(100)
    expect(listed.filter(id => ruleById(id) === undefined)).toEqual([])
  })
})

describe.each(areas)('rules of %s', area => {
  const must = sections
    .filter(section => section.area === area && builtFeatures.includes(section.feature))
    .flatMap(section => section.rules.filter(rule => rule.level === 'MUST').map(rule => rule.id))
  const proven = must.filter(id => tested.has(id))

  it(`${proven.length} of ${must.length} MUST have a test, the others a reason why not yet`, () => {
    expect(must.filter(id => !tested.has(id) && !postponed.has(id))).toEqual([])
  })
})

describe('conformance/rules/not-yet.ts', () => {
  it('names rules of the catalogue, each once', () => {
    const listed = notYet.flatMap(entry => entry.rules)
    expect(listed.filter(id => ruleById(id) === undefined)).toEqual([])
    expect(listed.filter((id, index) => listed.indexOf(id) !== index)).toEqual([])
  })

  it('names no rule that has a test by now', () => {
    expect([...postponed.keys()].filter(id => tested.has(id))).toEqual([])
  })
})
