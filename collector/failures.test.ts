import { expect, test } from 'vitest'
import { createFailures, mostKinds } from './failures.ts'

const at = (second: number) => Date.parse('2026-11-21T12:00:00.000Z') + 1_000 * second
const iso = (second: number) => new Date(at(second)).toISOString()

test('failures are counted by operation and outcome, with first and last time and the earliest answer', () => {
  const failures = createFailures()
  const busy = { operation: 'send', outcome: 'HTTP 503' }
  failures.add({ operation: 'refresh', outcome: 'timeout', atMs: at(9), answer: '' })
  failures.add({ ...busy, atMs: at(5), answer: '{"later":1}' })
  failures.add({ ...busy, atMs: at(3), answer: '{"secureKey":"abc123","busy":true}' })
  failures.add({ ...busy, atMs: at(7), answer: '{"latest":1}' })
  expect(failures.all()).toEqual([
    { ...busy, count: 3, first: iso(3), last: iso(7), sample: '{"secureKey":"…","busy":true}' },
    { operation: 'refresh', outcome: 'timeout', count: 1, first: iso(9), last: iso(9) },
  ])
})

test('a long answer is shortened', () => {
  const failures = createFailures()
  failures.add({ operation: 'send', outcome: 'HTTP 500', atMs: at(0), answer: 'x'.repeat(10_000) })
  expect(failures.all()[0]!.sample).toBe(`${'x'.repeat(300)}…`)
})

test('a target that invents outcomes fills no memory: beyond a hundred kinds all are one', () => {
  const failures = createFailures()
  for (let code = 0; code < mostKinds + 50; code += 1)
    failures.add({ operation: 'send', outcome: `statusCode 2, error ${code}`, atMs: at(code), answer: '' })
  failures.add({ operation: 'send', outcome: 'statusCode 2, error 0', atMs: at(500), answer: '' })
  const all = failures.all()
  expect([all.length, all[0], all[1]]).toEqual([
    mostKinds + 1,
    { operation: 'others', outcome: 'others', count: 50, first: iso(100), last: iso(149) },
    { operation: 'send', outcome: 'statusCode 2, error 0', count: 2, first: iso(0), last: iso(500) },
  ])
})
