import { expect, test } from 'vitest'
import { createClockEstimate } from './clock-estimate.ts'

test('the round with the least round trip gives offset and bound', () => {
  const estimate = createClockEstimate()
  expect(estimate.read()).toBeUndefined()
  expect([estimate.add(100, 1_003, 106), estimate.add(200, 1_101, 202), estimate.add(300, 1_290, 310)]).toEqual([
    true,
    true,
    false,
  ])
  expect(estimate.read()).toEqual({ offsetMs: 900, boundMs: 1, rounds: 3 })
})

test('a good round is forgotten after two minutes, and nonsense is no round', () => {
  const estimate = createClockEstimate()
  estimate.add(0, 0, 1)
  estimate.add(200_000, 200_007, 200_004)
  expect(estimate.read()).toEqual({ offsetMs: 5, boundMs: 2, rounds: 2 })
  expect([estimate.add(10, 5, 9), estimate.add(10, Number.NaN, 11)]).toEqual([false, false])
})
