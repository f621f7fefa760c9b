import { expect, test } from 'vitest'
import { delaysOf } from './intake-probe.ts'

test('a probe tells its own delay', () => {
  expect(delaysOf(0.4, undefined)).toEqual([0.4])
})

test('the probes that a stopped process could not post are as late as they would have been', () => {
  expect(delaysOf(2, '3')).toEqual([2, 102, 202, 302])
})

test('a header that nobody of ours wrote is left out, and none makes the receiver hold more than an hour', () => {
  expect([delaysOf(1, 'x'), delaysOf(1, '-4')]).toEqual([[1], [1]])
  expect(delaysOf(1, '999999999')).toHaveLength(36_001)
})
