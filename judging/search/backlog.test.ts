import { expect, it } from 'vitest'
import { fallsBehind } from './backlog.ts'

const points = (msAt: (second: number) => number) =>
  Array.from({ length: 10 }, (_, second) => ({ atSeconds: second, ms: msAt(second) }))

it('a queue that grows is told by how much, long before its latency is at a limit', () => {
  expect(fallsBehind(points(second => 6 + 23 * second))).toBe(
    'the target falls behind: push_latency p50 grows by 23 ms each second',
  )
})

it.each<[string, (second: number) => number]>([
  ['a steady latency', () => 400],
  ['a hitch', second => (second === 7 || second === 8 ? 300 : 6)],
  ['less than 1 % too much', second => 6 + 9 * second],
  ['a queue that gets shorter', second => 300 - 25 * second],
])('%s is no backlog', (_name, msAt) => {
  expect(fallsBehind(points(msAt))).toBeUndefined()
})

it('a few points are no trend', () => {
  expect(fallsBehind(points(second => 100 * second).slice(0, 5))).toBeUndefined()
})
