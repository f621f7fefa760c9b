import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkedExpression } from './checked-expression.ts'

function stackInto(source: string, check: string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'chatgauge-')), 'conformance/cases')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'story.ts')
  writeFileSync(file, source)
  const before = source.slice(0, source.indexOf(`${check}(`)).split('\n')
  const place = `${before.length}:${before.at(-1)!.length + 1}`
  return `Error\n    at check (file:///somewhere/conformance/story/must.ts:1:1)\n    at async Object.run (file://${file}:${place})`
}

it.each([
  ['must.equal(answer.nextPosition, 3)', 'equal', 0, 'answer.nextPosition'],
  ["must.edge.equal(code, 3, 'CV2-001')", 'equal', 0, 'code'],
  ['must.equal(\n  rows.map(({ a, b }) => [a, b]),\n  [],\n)', 'equal', 0, 'rows.map(({ a, b }) => [a, b])'],
  ["must.be(a < b, 'less, and (not) more', label(a, b))", 'be', 2, 'label(a, b)'],
  ["must.match(last?.text['it\\'s, so'], /x/)", 'match', 0, "last?.text['it\\'s, so']"],
])('%j: the argument as it is written', (source, check, position, expected) => {
  expect(checkedExpression(stackInto(`\n  ${source}\n`, check), check, position)).toBe(expected)
})

it.each([
  ['Error\n    at somewhere'],
  ['Error\n    at run (/no/conformance/cases/such.ts:1:1)'],
  [stackInto('other(1)', 'other')],
])('what cannot be read is left out', stack => {
  expect(checkedExpression(stack, 'equal', 0)).toBeUndefined()
})
