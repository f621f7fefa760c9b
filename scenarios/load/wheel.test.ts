import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWheel } from './wheel.ts'

test('fires each entry once, at the first advance at or after its instant', () => {
  const entries = fc.array(fc.nat({ max: 60_000 }), { maxLength: 200 })
  const steps = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 20, maxLength: 40 })
  fc.assert(
    fc.property(entries, steps, (dues, lengths) => {
      const wheel = createWheel(1_000, 2, 64)
      dues.forEach((due, i) => void wheel.add(1_000 + due, i))
      const fired: number[] = []
      let before = 1_000 - 1
      let now = 1_000
      for (const length of lengths) {
        wheel.advance(now, (value, atMs) => {
          fired.push(value)
          expect(atMs).toBe(1_000 + dues[value]!)
          expect(atMs <= now && atMs > before).toBe(true)
        })
        before = now
        now += length
      }
      expect(fired.toSorted((a, b) => a - b)).toEqual(dues.flatMap((due, i) => (1_000 + due <= before ? [i] : [])))
      expect(wheel.size()).toBe(dues.length - fired.length)
    }),
  )
})

test('until the next instant that it names nothing is due', () => {
  const dues = fc.array(fc.nat({ max: 2_000 }), { maxLength: 20 })
  fc.assert(
    fc.property(dues, fc.nat({ max: 2_000 }), fc.integer({ min: 1, max: 9 }), (entries, nowMs, ticks) => {
      const wheel = createWheel(0, 2, 64)
      entries.forEach((due, i) => void wheel.add(due + 0.5, i))
      wheel.advance(nowMs, () => {})
      const nextMs = wheel.nextMs(ticks)
      const due = entries.map(each => each + 0.5).filter(each => each > nowMs)
      // Ticks are 2 ms long: an entry is fired at the end of its own.
      expect(due.every(each => each > nextMs - 2)).toBe(true)
      expect(nextMs > nowMs && nextMs <= nowMs + 2 * (ticks + 1)).toBe(true)
    }),
  )
})

test('what is added while firing and is due already fires in the same advance', () => {
  const wheel = createWheel(0, 5, 8)
  const fired: number[] = []
  wheel.add(3, 1)
  wheel.advance(203, (value, atMs) => {
    fired.push(atMs)
    if (atMs < 500) wheel.add(atMs + 10, value)
  })
  expect(fired).toEqual(Array.from({ length: 21 }, (_, i) => 3 + 10 * i))
  expect(wheel.size()).toBe(1)
})

test('keeps entries beyond its first capacity', () => {
  const wheel = createWheel(0, 1, 16)
  for (let i = 0; i < 5_000; i++) wheel.add(i % 100, i)
  let sum = 0
  wheel.advance(100, value => {
    sum += value
  })
  expect([sum, wheel.size()]).toEqual([(5_000 * 4_999) / 2, 0])
})
