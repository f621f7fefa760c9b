import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createNumberRanges } from './number-ranges.ts'

test('has what was added, and nothing else, in as few ranges as there are gaps', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60)), numbers => {
      const ranges = createNumberRanges()
      for (const number of numbers) ranges.add(number)
      const added = new Set(numbers)
      for (let number = -1; number <= 61; number += 1) expect(ranges.has(number)).toBe(added.has(number))
      expect(ranges.ranges()).toBe([...added].filter(number => !added.has(number - 1)).length)
    }),
    { numRuns: 2_000 },
  )
})

test('sessions that end in another order than they began leave one range', () => {
  const ranges = createNumberRanges()
  for (let number = 0; number < 100_000; number += 1) ranges.add(number ^ 0b1111)
  expect(ranges.ranges()).toBe(1)
})
