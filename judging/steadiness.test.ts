import { expect, test } from 'vitest'
import { seededUniform } from '../protocol/seeded.ts'
import { notSteady } from './steadiness.ts'

const course = (values: readonly number[]) => [
  { name: 'push_latency p99', points: values.map((ms, at) => ({ atSeconds: at, ms })) },
]

/** Log-normal noise of the given size, each second hanging together with the one before by `memory`. */
function noisy(seed: number, levels: readonly number[], size = 0.15, memory = 0): number[] {
  const uniform = seededUniform(seed, 'steadiness')
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  let before = normal()
  return levels.map(level => {
    before = memory * before + Math.sqrt(1 - memory ** 2) * normal()
    return level * Math.exp(size * before)
  })
}

const seconds = (count: number, level: (at: number) => number) => Array.from({ length: count }, (_, at) => level(at))
const share = (runs: number, isFound: (seed: number) => boolean) =>
  Array.from({ length: runs }, (_, seed) => isFound(seed)).filter(Boolean).length / runs

test.each([
  ['independent seconds', 0.15, 0],
  ['wild seconds', 0.6, 0],
  ['seconds that hang together', 0.3, 0.6],
])('a steady phase is not accused: %s', (_what, size, memory) => {
  const flat = seconds(60, () => 80)
  const alarms = share(1_000, seed => notSteady(course(noisy(seed, flat, size, memory)), 500) !== undefined)
  expect(alarms).toBeLessThanOrEqual(0.01)
})

test('growth by 40 % over the phase is found, and told so', () => {
  const growing = seconds(60, at => 80 * (1 + (0.4 * at) / 59))
  expect(notSteady(course(growing), 500)).toBe(
    'not steady: push_latency p99 grew by 40 % (80 to 112 ms) over the phase',
  )
  const words = Array.from({ length: 300 }, (_, seed) => notSteady(course(noisy(seed, growing, 0.1)), 500))
  expect(words.filter(text => text !== undefined).length).toBeGreaterThan(290)
  expect(words.filter(text => text?.includes('grew')).length).toBeGreaterThan(200)
})

test('a change of level is found with its second', () => {
  const jump = seconds(60, at => (at < 31 ? 12 : 40))
  expect(notSteady(course(jump), 500)).toBe(
    'not steady: push_latency p99 jumped by 233 % (12 to 40 ms) at second 31 of the phase',
  )
  expect(
    share(300, seed => /jumped .* at second (29|3\d) /.test(notSteady(course(noisy(seed, jump)), 500) ?? '')),
  ).toBe(1)
  expect(notSteady(course(seconds(60, at => (at < 20 ? 200 : 90))), 500)).toContain('dropped by 55 %')
})

test('what nobody would feel is no change: 2 % of the tightest limit', () => {
  const jump = seconds(60, at => (at < 31 ? 2 : 9))
  expect(notSteady(course(jump), 500)).toBeUndefined()
  expect(notSteady(course(jump), 100)).toContain('jumped')
})

test('a stall in the middle that passes is latency, not unsteadiness', () => {
  const stall = noisy(
    3,
    seconds(60, at => (at >= 30 && at < 36 ? 4_000 : 20)),
  )
  expect(notSteady(course(stall), 500)).toBeUndefined()
})

test('a few points are no series', () => {
  expect(notSteady(course(seconds(11, at => 10 * 2 ** at)), 500)).toBeUndefined()
})

test('the first course that changes is told', () => {
  const flat = { name: 'push_latency p99', points: [] }
  const [grown] = course(seconds(60, at => 50 + at * 2))
  expect(notSteady([flat, { ...grown!, name: 'push_latency p50' }], 500)).toContain('push_latency p50 grew')
})
