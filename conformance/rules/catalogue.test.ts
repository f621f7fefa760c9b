import { expect, test } from 'vitest'
import { ruleById, rules, sections } from './catalogue.ts'
import { renderArea, renderOverview } from './render.ts'
import { areas } from './rule.ts'
import { sourcePages } from './sources.ts'

const prefixes = {
  'chat-v2': 'CV2',
  'chat-server': 'CS',
  push: 'PUSH',
  options: 'OPT',
  cometd: 'CV2',
  files: 'CV2',
  bayeux: 'BX',
} as const

test('every id is there once, in order, in the section of its area', () => {
  for (const area of areas) {
    const ids = sections.filter(section => section.area === area).flatMap(section => section.rules.map(({ id }) => id))
    const pattern = new RegExp(`^${prefixes[area]}-\\d{3}$`)
    expect(ids.filter(id => !pattern.test(id))).toEqual([])
  }
  const ids = rules.map(rule => rule.id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

test('a rule is found by its id, an unknown id by none', () => {
  expect(ruleById('PUSH-070')).toMatchObject({ id: 'PUSH-070', level: 'MUST', basis: 'D' })
  expect(ruleById(`PUSH-${999}`)).toBeUndefined()
})

test('a statement is one sentence that no other rule has', () => {
  const statements = rules.map(rule => rule.statement)
  expect(statements.filter(text => !/[^.]\.$/.test(text) || /[a-z]\. [A-Z]/.test(text))).toEqual([])
  expect(statements.filter((text, index) => statements.indexOf(text) !== index)).toEqual([])
})

test('a rule names the page it comes from or the question it answers', () => {
  expect(rules.filter(rule => rule.source.length === 0 && rule.questions === undefined)).toEqual([])
})

test('every source page is the source of a rule', () => {
  const used = new Set<string>(rules.flatMap(rule => rule.source))
  expect(Object.keys(sourcePages).filter(page => !used.has(page))).toEqual([])
})

test.each(areas)('docs/rules/%s.md is what the catalogue says (vitest -u writes it)', async area => {
  await expect(renderArea(area)).toMatchFileSnapshot(`../../docs/rules/${area}.md`)
})

test('docs/rules/README.md is what the catalogue says (vitest -u writes it)', async () => {
  await expect(renderOverview()).toMatchFileSnapshot('../../docs/rules/README.md')
})
