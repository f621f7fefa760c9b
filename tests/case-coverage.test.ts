import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withoutCase as inBayeux } from '../conformance/cases/bayeux/without-case.ts'
import { allCases, caseSections } from '../conformance/cases/catalogue.ts'
import { withoutCase as inChatServer } from '../conformance/cases/chat-server/without-case.ts'
import { withoutCase as inChatV2 } from '../conformance/cases/chat-v2/without-case.ts'
import { withoutCase as inCometd } from '../conformance/cases/cometd/without-case.ts'
import { withoutCase as inFiles } from '../conformance/cases/files/without-case.ts'
import { withoutCase as inOptions } from '../conformance/cases/options/without-case.ts'
import { withoutCase as inPush } from '../conformance/cases/push/without-case.ts'
import { ruleById, sections } from '../conformance/rules/catalogue.ts'
import { builtFeatures, notYet } from '../conformance/rules/not-yet.ts'
import { areas } from '../conformance/rules/rule.ts'
import { withoutFault as faultsOfBayeux } from '../reference-server/faults/bayeux/without-fault.ts'
import { sectionFaults } from '../reference-server/faults/by-section.ts'
import { withoutFault as faultsOfChatServer } from '../reference-server/faults/chat-server/without-fault.ts'
import { withoutFault as faultsOfChatV2 } from '../reference-server/faults/chat-v2/without-fault.ts'
import { withoutFault as faultsOfCometd } from '../reference-server/faults/cometd/without-fault.ts'
import { withoutFault as faultsOfFiles } from '../reference-server/faults/files/without-fault.ts'
import { withoutFault as faultsOfOptions } from '../reference-server/faults/options/without-fault.ts'
import { withoutFault as faultsOfPush } from '../reference-server/faults/push/without-fault.ts'
import { faults } from '../reference-server/faults/registry.ts'
import { root, sourceFiles } from './import-table/source-files.ts'

const lists = {
  'chat-v2': inChatV2,
  'chat-server': inChatServer,
  push: inPush,
  options: inOptions,
  cometd: inCometd,
  files: inFiles,
  bayeux: inBayeux,
}
const postponed = new Set(notYet.flatMap(entry => entry.rules))
const cited = new Set(allCases.flatMap(each => each.rules))

describe.each(areas)('cases of %s', area => {
  const { reasons, still } = lists[area]
  const waiting = still.split(/\s+/).filter(id => id !== '')
  const explained = reasons.flatMap(each => each.rules)
  const required = sections
    .filter(section => section.area === area && builtFeatures.includes(section.feature))
    .flatMap(section => section.rules.filter(rule => rule.level !== 'MAY').map(rule => rule.id))
    .filter(id => !postponed.has(id))
  const tried = required.filter(id => cited.has(id))

  it(`${tried.length} of ${required.length} MUST and SHOULD have a case, ${explained.length} a reason, ${waiting.length} are still to be written`, () => {
    expect(required.filter(id => !cited.has(id) && !explained.includes(id) && !waiting.includes(id))).toEqual([])
  })

  it('without-case.ts lists rules of the area, each once, and none that has a case', () => {
    const listed = [...explained, ...waiting]
    expect(listed.filter((id, at) => listed.indexOf(id) !== at)).toEqual([])
    expect(listed.filter(id => !required.includes(id))).toEqual([])
    expect(listed.filter(id => cited.has(id))).toEqual([])
  })
})

describe('every case', () => {
  it('has an id of its own that begins with its first rule', () => {
    const ids = allCases.map(each => each.id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    expect(allCases.filter(({ id, rules }) => id.split('/')[0] !== rules[0]).map(each => each.id)).toEqual([])
    expect(ids.filter(id => !/^[A-Z0-9]+-\d{3}\/[a-z0-9-]+$/.test(id))).toEqual([])
  })

  it('names rules of the catalogue, and stands in the section of its first rule', () => {
    expect(allCases.flatMap(each => each.rules).filter(id => ruleById(id) === undefined)).toEqual([])
    const misplaced = caseSections.flatMap(({ area, section, cases }) => {
      const home = sections.find(each => each.area === area && each.section === section)
      return cases.filter(each => !home?.rules.some(rule => rule.id === each.rules[0])).map(each => each.id)
    })
    expect(misplaced).toEqual([])
  })

  it('has a title that states a fact, and that no other case has', () => {
    const titles = allCases.map(each => each.title)
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
    expect(titles.filter(title => /\.$|\bshould\b|\bmust\b/i.test(title) || title.length > 130)).toEqual([])
  })
})

it('every section in scope has a file of cases, in the order of the rules', () => {
  const wanted = sections.filter(each => builtFeatures.includes(each.feature))
  expect(caseSections.map(each => `${each.area}/${each.section}`)).toEqual(
    wanted.map(each => `${each.area}/${each.section}`),
  )
})

const broken = new Set(faults.filter(each => each.inConformance !== undefined).flatMap(each => each.rules))
const faultless = {
  'chat-v2': faultsOfChatV2,
  'chat-server': faultsOfChatServer,
  push: faultsOfPush,
  options: faultsOfOptions,
  cometd: faultsOfCometd,
  files: faultsOfFiles,
  bayeux: faultsOfBayeux,
}

describe.each(areas)('faults of %s', area => {
  const { reasons, still } = faultless[area]
  const waiting = still.split(/\s+/).filter(id => id !== '')
  const explained = reasons.flatMap(each => each.rules)
  const required = sections
    .filter(section => section.area === area && builtFeatures.includes(section.feature))
    .flatMap(section => section.rules.filter(rule => rule.level === 'MUST').map(rule => rule.id))
    .filter(id => !postponed.has(id))

  it(`${required.filter(id => broken.has(id)).length} of ${required.length} MUST have a fault, ${explained.length} a reason, ${waiting.length} are still to be planted`, () => {
    expect(required.filter(id => !broken.has(id) && !explained.includes(id) && !waiting.includes(id))).toEqual([])
  })

  it('without-fault.ts lists MUST rules of the area, each once, and none that has a fault', () => {
    const listed = [...explained, ...waiting]
    expect(listed.filter((id, at) => listed.indexOf(id) !== at)).toEqual([])
    expect(listed.filter(id => !required.includes(id))).toEqual([])
    expect(listed.filter(id => broken.has(id))).toEqual([])
  })
})

describe('planted faults', () => {
  it('break rules of the catalogue, each under a name of its own', () => {
    const names = faults.map(each => each.name)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    expect(sectionFaults.flatMap(each => each.rules).filter(id => ruleById(id) === undefined)).toEqual([])
  })

  it('asked for by name in the code are in the registry, and each such fault is asked for', () => {
    const files = sourceFiles(['reference-server']).filter(
      path => !path.endsWith('.test.ts') && !path.endsWith('/gate.ts'),
    )
    const texts = files.map(path => readFileSync(root + path, 'utf8'))
    const asked = new Set(
      texts.flatMap(text => [...text.matchAll(/isPlanted\([^)]*?,\s*'([a-z0-9-]+)'\)/g)].map(([, name]) => name!)),
    )
    const random = { next: () => 0.5, hex: () => '0' }
    const args = { nth: (usual: number) => usual, share: () => 1, durations: () => ({ kind: 'const', valueMs: 1 }) }
    const inPlace = sectionFaults
      .map(each => each.plant(args as never, random as never).inPlace)
      .filter(name => name !== undefined)
    expect([...asked].filter(name => !inPlace.includes(name))).toEqual([])
    expect(inPlace.filter(name => !asked.has(name))).toEqual([])
  })
})
