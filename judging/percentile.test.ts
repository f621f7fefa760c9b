import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentileOf, type RankedSample, samplesNeeded } from './percentile.ts'

/** `uncertain`: values that are only known to be at least so much. */
const ranked = (values: number[], uncertain: number[] = []): RankedSample => {
  const sorted = [...values, ...uncertain].sort((a, b) => a - b)
  return {
    size: sorted.length,
    valueAtRank: rank => sorted[rank - 1]!,
    leastAtRank: rank => sorted[rank - 1]!,
    leastUncertainMs: Math.min(...uncertain),
  }
}
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

test.each([
  [50, 6],
  [95, 72],
  [99, 368],
  [99.9, 3_688],
  [99.99, 36_887],
])('p%d needs %d samples for a finite upper bound at 95 percent', (percentile, needs) => {
  expect(samplesNeeded(percentile)).toBe(needs)
})

test('with enough samples a value and its interval, with fewer none', () => {
  expect(percentileOf(ranked(upTo(1_000)), 99)).toEqual({ value: 990, low: 983, high: 997, needs: 368 })
  expect(percentileOf(ranked(upTo(367)), 99)).toEqual({ value: null, needs: 368 })
})

test('a percentile among lost events is at least W, one below them is exact', () => {
  const sample = ranked(upTo(980), Array(20).fill(10_000))
  expect(percentileOf(sample, 99)).toEqual({ value: 10_000, atLeast: true, low: 10_000, needs: 368 })
  expect(percentileOf(sample, 50)).toMatchObject({ value: 500 })
})

test('a measured value above W counts for the least possible value only as far as it must', () => {
  const sample = ranked([...upTo(900), ...Array(99).fill(20_000)], [10_000])
  expect(percentileOf(sample, 99)).toMatchObject({ value: 20_000, atLeast: true })
  expect(percentileOf(sample, 90)).toMatchObject({ value: 900 })
})

test('the bound of the clocks widens the interval on both sides, never below zero', () => {
  const { low, high } = percentileOf(ranked(upTo(1_000)), 99)
  expect(percentileOf(ranked(upTo(1_000)), 99, { clockBoundMs: 5 })).toMatchObject({ low: low! - 5, high: high! + 5 })
  expect(percentileOf(ranked(upTo(1_000)), 1, { clockBoundMs: 50 })).toMatchObject({ low: 0 })
})

test('samples that bunch widen it as fewer samples would, up to no upper bound at all', () => {
  const sample = ranked(upTo(10_000))
  expect(percentileOf(sample, 99)).toMatchObject({ low: 9_880, high: 9_920 })
  expect(percentileOf(sample, 99, { designEffect: () => 4 })).toMatchObject({ low: 9_860, high: 9_940 })
  const { high, ...rest } = percentileOf(sample, 99, { designEffect: () => 100 })
  expect([high, rest]).toEqual([undefined, { value: 9_900, low: 9_704, needs: 368 }])
})

test('samples that bunch so much that they are as few as three bound a median on neither side', () => {
  const { low, high } = percentileOf(ranked(upTo(100)), 50, { designEffect: () => 33 })
  expect([low, high]).toEqual([0, undefined])
})

test('equals the sorted sample at rank ⌈n·q⌉, and the interval holds it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_000_000), { minLength: 400, maxLength: 1_500 }),
      fc.constantFrom(50, 75, 90, 95, 99),
      (values, percentile) => {
        const { value, low, high } = percentileOf(ranked(values), percentile)
        const sorted = values.toSorted((a, b) => a - b)
        const rank = Math.ceil(Number(((values.length * percentile) / 100).toFixed(6)))
        expect(value).toBe(sorted[rank - 1])
        expect(low! <= value! && value! <= high!).toBe(true)
      },
    ),
    { numRuns: 300, seed: 20_261_121 },
  )
})
