import { expect, test } from 'vitest'
import { seededUniform } from '../../protocol/seeded.ts'
import { addAtLeast, addToCell, emptyCell } from '../latency-cell.ts'
import { latencyBoundsSeconds, latencyBuckets } from './latency-buckets.ts'

test('bounds rise by a factor of 1.5 at most, and usual limits are among them', () => {
  const ratios = latencyBoundsSeconds.slice(1).map((bound, at) => bound / latencyBoundsSeconds[at]!)
  expect(Math.max(...ratios)).toBeLessThan(1.5 + 1e-9)
  expect(Math.min(...ratios)).toBeGreaterThan(1.2)
  expect(latencyBoundsSeconds).toEqual(expect.arrayContaining([0.02, 0.05, 0.1, 0.2, 0.5, 1, 10]))
})

test('each bucket counts what is at most its bound, to three digits', () => {
  const uniform = seededUniform(3, 'buckets')
  const cell = emptyCell()
  const values = Array.from({ length: 20_000 }, () => Math.max(1, Math.round(50 * Math.exp(16 * uniform()))))
  for (const us of values) addToCell(cell, us / 1000, 0)
  const { atMost, count } = latencyBuckets(cell)
  latencyBoundsSeconds.forEach((bound, at) => {
    const us = bound * 1e6
    expect(atMost[at]).toBeGreaterThanOrEqual(values.filter(value => value <= us).length)
    expect(atMost[at]).toBeLessThanOrEqual(values.filter(value => value <= us * 1.001).length)
  })
  expect(count).toBe(values.filter(us => us <= 3_600_000_000).length + cell.overflow)
})

test('a value on a bound is in its bucket; what overflows and what is only known to be at least so much count too', () => {
  const cell = emptyCell()
  addToCell(cell, 500, 0)
  addAtLeast(cell, 10_000)
  addToCell(cell, 4_000_000, 0)
  const { atMost, count, sumSeconds } = latencyBuckets(cell)
  const at = (seconds: number) => atMost[latencyBoundsSeconds.indexOf(seconds)]
  expect([at(0.4), at(0.5), at(7), at(10), at(100), count, sumSeconds]).toEqual([0, 1, 1, 2, 2, 3, 3_610.5])
})

test('a phase without samples has zeros', () => {
  expect(latencyBuckets(undefined)).toEqual({ atMost: latencyBoundsSeconds.map(() => 0), count: 0, sumSeconds: 0 })
})
