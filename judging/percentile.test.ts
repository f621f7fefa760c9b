import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentileOf, type RankedSample, samplesNeeded } from './percentile.ts'

const ranked = (values: number[], more: Partial<RankedSample> = {}): RankedSample => {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    measured: values.length,
    valueAtRank: rank => sorted[rank - 1]!,
    censored: 0,
    censoredAtMs: 10_000,
    overflow: 0,
    overflowAtMs: 3_600_000,
    ...more,
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
  const sample = ranked(upTo(980), { censored: 20 })
  expect(percentileOf(sample, 99)).toEqual({ value: 10_000, atLeast: true, low: 10_000, needs: 368 })
  expect(percentileOf(sample, 50)).toMatchObject({ value: 500 })
})

test('a measured value above W counts for the least possible value only as far as it must', () => {
  const sample = ranked([...upTo(900), ...Array(99).fill(20_000)], { censored: 1 })
  expect(percentileOf(sample, 99)).toMatchObject({ value: 20_000, atLeast: true })
  expect(percentileOf(sample, 90)).toMatchObject({ value: 900 })
})

test('what overflows lies at the top', () => {
  expect(percentileOf(ranked(upTo(980), { overflow: 20 }), 99)).toMatchObject({ value: 3_600_000, atLeast: true })
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
