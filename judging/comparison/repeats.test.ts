import { expect, test } from 'vitest'
import { seededUniform } from '../../protocol/seeded.ts'
import { readSample } from '../../reports/samples/read-sample.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { compareRuns } from './compare-results.ts'
import { studentDeviations } from './repeats.ts'
import { resultOf, summaryWith } from './simulated-results.ts'

test.each([
  [0.025, 1, 12.706],
  [0.025, 2, 4.303],
  [0.025, 3, 3.182],
  [0.025, 8, 2.306],
  [0.0005, 5, 6.869],
  [0.025, 200, 1.972],
])('Student: above %d lie, with %d degrees of freedom, %d deviations', (tail, freedom, deviations) => {
  expect(studentDeviations(tail, freedom)).toBeCloseTo(deviations, 3)
})

/** Runs whose p99 is known exactly within each, and differs from run to run by some 8 %. */
function runs(count: number, p99Ms: number, uniform: () => number): Result[] {
  return Array.from({ length: count }, () => {
    const value = p99Ms * Math.exp(0.08 * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()))
    return resultOf({
      push_latency: summaryWith({ p99: { value, low: value * 0.999, high: value * 1.001, needs: 368 } }),
    })
  })
}

const calledShare = (pairs: number, repeats: number, nowMs: number) => {
  const uniform = seededUniform(11, `repeats ${repeats} ${nowMs}`)
  let called = 0
  for (let pair = 0; pair < pairs; pair += 1) {
    const { rows } = compareRuns(runs(repeats, nowMs, uniform), runs(repeats, 100, uniform), 'b')
    const row = rows.find(({ metric, statistic }) => metric === 'push_latency' && statistic === 'p99')!
    if (row.verdict === 'worse' || row.verdict === 'better') called += 1
  }
  return called / pairs
}

test('what differs from run to run is no difference for repeats, and nearly always one for a single pair', () => {
  expect(calledShare(100, 5, 100)).toBeLessThanOrEqual(0.05)
  expect(calledShare(100, 1, 100)).toBeGreaterThan(0.4)
})

test('a change by a third is found in five repeats', () => {
  expect(calledShare(20, 5, 133)).toBeGreaterThanOrEqual(0.9)
})

test('of repeats one that cannot be compared spoils the whole, by name', () => {
  const good = readSample('pass')
  const { word, sentence } = compareRuns([good, readSample('invalid')], [good, good], 'b')
  expect([word, sentence]).toEqual([
    'not comparable',
    expect.stringContaining('the result (run invalid) cannot be compared: it is invalid'),
  ])
})
