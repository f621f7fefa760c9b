import { describe, expect, test } from 'vitest'
import { comparePair } from './compare-row.ts'
import { confidenceFor } from './confidence.ts'
import { countEstimate } from './count-estimate.ts'
import { differenceOf, ratioOf } from './estimate.ts'

test.each([
  [1, 1.96],
  [10, 2.807],
  [40, 3.227],
])('%d statements together are made at %d standard deviations each', (rows, deviations) => {
  expect(confidenceFor(rows).deviations).toBeCloseTo(deviations, 2)
})

test('the interval of a difference is lopsided where those of its sides are', () => {
  const span = differenceOf({ value: 10, low: 9, high: 14 }, { value: 4, low: 1, high: 4 })
  expect(span).toEqual({ value: 6, low: 5, high: 11 })
})

test('a ratio is the same on logarithms, and open where a side is', () => {
  const { value, low, high } = ratioOf({ value: 20, low: 10, high: 40 }, { value: 10, low: 10, high: 10 })!
  expect([value, low, high].map(each => Number(each.toFixed(9)))).toEqual([2, 1, 4])
  const open = ratioOf({ value: 20, low: 0, high: Infinity }, { value: 10, low: 9, high: 11 })
  expect(open).toMatchObject({ low: 0, high: Infinity })
  expect(ratioOf({ value: 0, low: 0, high: 3 }, { value: 1, low: 0, high: 2 })).toBeUndefined()
})

test.each([
  // Garwood's exact bounds are 0 and 3.69, 1.62 and 8.77 for 4… of Poisson counts.
  [0, 0, 3.69],
  [4, 1.09, 10.24],
  [100, 81.4, 121.6],
])('a count of %d lies between %d and %d', (count, low, high) => {
  const found = countEstimate(count, confidenceFor(1))
  expect(found.low).toBeCloseTo(low, 1)
  expect(Math.abs(found.high - high)).toBeLessThan(0.05 * high)
})

describe('a verdict', () => {
  const narrow = (value: number) => ({ value, low: value * 0.99, high: value * 1.01 })
  const verdict = (value: number, baseline: number, better: 'less' | 'more' = 'less', clockMs?: [number, number]) =>
    comparePair({ value: narrow(value), baseline: narrow(baseline), better, least: 1, ...(clockMs && { clockMs }) })

  test.each([
    ['less', 120, 'worse'],
    ['less', 80, 'better'],
    ['more', 120, 'better'],
    ['more', 80, 'worse'],
  ] as const)('where %s is better, %d after 100 is %s', (better, value, word) => {
    expect(verdict(value, 100, better).verdict).toBe(word)
  })

  test('what is shown and too small to matter is no difference, in words', () => {
    expect(verdict(104, 100)).toMatchObject({
      verdict: 'no difference shown',
      reason: 'a change by 4 % is shown, less than the 5 % that counts',
    })
    expect(verdict(1.6, 1)).toMatchObject({
      verdict: 'no difference shown',
      reason: 'a change by 0.6 is shown, less than the 1 that counts',
    })
  })

  test('clocks that may be wrong by as much show nothing', () => {
    expect(verdict(12, 10, 'less', [0, 0]).verdict).toBe('worse')
    expect(verdict(12, 10, 'less', [1, 1])).toMatchObject({ verdict: 'no difference shown' })
  })

  test('difference and change never contradict each other', () => {
    for (let value = 50; value < 150; value += 0.7) {
      const { ratio, difference } = comparePair({
        value: { value, low: value * 0.8, high: value * 1.4 },
        baseline: { value: 100, low: 90, high: 130 },
        better: 'less',
        least: 0,
      })
      expect([difference.low > 0, difference.high < 0]).toEqual([ratio!.low > 1, ratio!.high < 1])
    }
  })
})
