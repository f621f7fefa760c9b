import { expect, test } from 'vitest'
import { createCryptoRandom } from './crypto-random.ts'
import { createManualClock } from './manual-clock.ts'
import { createRealClock } from './real-clock.ts'
import { createScaledClock } from './scaled-clock.ts'
import { createSeededRandom } from './seeded-random.ts'

test('the manual clock runs what is due in order, each at its own instant, also what was set on the way', () => {
  const clock = createManualClock(1_000)
  const seen: [string, number][] = []
  const note = (name: string) => () => void seen.push([name, clock.now()])
  clock.at(1_500, note('c'))
  clock.at(1_200, () => {
    note('a')()
    clock.at(1_300, note('b'))
  })
  clock.at(1_500, note('d'))
  const cancel = clock.at(1_400, note('never'))
  cancel()
  clock.at(9_000, note('later'))
  clock.advance(1_000)
  expect(seen).toEqual([
    ['a', 1_200],
    ['b', 1_300],
    ['c', 1_500],
    ['d', 1_500],
  ])
  expect([clock.now(), clock.nextDue()]).toEqual([2_000, 9_000])
})

test('a task for the past runs with the next advance, never at once', () => {
  const clock = createManualClock(1_000)
  let ran = 0
  clock.at(500, () => void ran++)
  expect(ran).toBe(0)
  clock.advance(0)
  expect([ran, clock.now()]).toEqual([1, 1_000])
})

test('the scaled clock runs faster than its host, can be frozen, resumed and advanced', () => {
  const host = createManualClock(0)
  const clock = createScaledClock({ factor: 100, startMs: 50_000, host })
  const seen: number[] = []
  for (const atMs of [51_000, 52_000, 60_000, 70_000]) clock.at(atMs, () => void seen.push(clock.now()))
  host.advance(20)
  expect([clock.now(), seen]).toEqual([52_000, [51_000, 52_000]])
  clock.freeze()
  host.advance(1_000)
  expect([clock.now(), seen.length]).toEqual([52_000, 2])
  clock.advance(8_000)
  expect([clock.now(), seen]).toEqual([60_000, [51_000, 52_000, 60_000]])
  clock.resume()
  host.advance(100)
  expect([clock.now(), seen.at(-1), clock.nextDue()]).toEqual([70_000, 70_000, undefined])
})

test('the real clock never runs a task before its instant and can cancel it', async () => {
  const clock = createRealClock()
  const atMs = clock.now() + 5
  let cancelledRan = false
  const cancel = clock.at(atMs, () => {
    cancelledRan = true
  })
  cancel()
  const ranAtMs = await new Promise<number>(resolve => clock.at(atMs, () => resolve(clock.now())))
  expect([ranAtMs >= atMs, cancelledRan]).toEqual([true, false])
})

test('randomness is in range, repeatable from a seed, and of the asked length', () => {
  for (const random of [createSeededRandom(3, 'x'), createCryptoRandom()]) {
    const values = Array.from({ length: 2_000 }, () => random.next())
    expect(values.every(value => value >= 0 && value < 1)).toBe(true)
    const keys = new Set(Array.from({ length: 2_000 }, () => random.hex(10)))
    expect(keys.size).toBe(2_000)
    expect([...keys].every(key => /^[0-9a-f]{20}$/.test(key))).toBe(true)
  }
  expect(createSeededRandom(3, 'x').hex(8)).toBe(createSeededRandom(3, 'x').hex(8))
})
