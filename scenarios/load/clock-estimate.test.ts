import { expect, test } from 'vitest'
import { createClockEstimate } from './clock-estimate.ts'

test('half the least round trip bounds the error', () => {
  const estimate = createClockEstimate()
  expect([estimate.offsetMs(), estimate.boundMs(0)]).toEqual([0, undefined])
  estimate.add(100, 1_005, 110)
  estimate.add(200, 1_101, 202)
  estimate.add(300, 1_204, 308)
  expect([estimate.offsetMs(), estimate.boundMs(202)]).toEqual([900, 1])
})

test('an offset inside its bound is not applied, and the bound covers it', () => {
  const estimate = createClockEstimate()
  estimate.add(100, 106, 110)
  expect([estimate.offsetMs(), estimate.boundMs(110)]).toEqual([0, 6])
})

test('the bound grows with what drift can do, and a round that is better by then replaces the best', () => {
  const estimate = createClockEstimate()
  estimate.add(0, 900.5, 1)
  expect(estimate.boundMs(10_001)).toBe(5.5)
  estimate.add(4_000, 4_904, 4_006)
  expect(estimate.offsetMs()).toBe(900)
  estimate.add(10_000, 10_904, 10_006)
  expect([estimate.offsetMs(), estimate.boundMs(10_006)]).toEqual([901, 3])
})

test('a peer on our own host does not drift', () => {
  const estimate = createClockEstimate(true)
  estimate.add(0, 0.5, 1)
  estimate.add(100_000, 100_000.7, 100_001.4)
  expect(estimate.offsetMs()).toBe(0)
  expect(estimate.boundMs(100_001)).toBeCloseTo(0.6, 5)
})

test('a clock that was set is followed at once', () => {
  const estimate = createClockEstimate()
  estimate.add(0, 900.5, 1)
  estimate.add(1_000, 3_904, 1_008)
  expect([estimate.offsetMs(), estimate.boundMs(1_008)]).toEqual([2_900, 4])
})

test('rounds that cannot be are left out', () => {
  const estimate = createClockEstimate()
  estimate.add(2, 2, 1)
  estimate.add(1, Number.NaN, 2)
  expect(estimate.boundMs(2)).toBeUndefined()
})
