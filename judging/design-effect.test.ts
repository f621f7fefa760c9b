import { expect, test } from 'vitest'
import { seededUniform } from '../protocol/seeded.ts'
import { type Block, designEffect } from './design-effect.ts'
import { percentileOf } from './percentile.ts'

const blockOf = (values: readonly number[]): Block => ({
  count: values.length,
  countAtMost: limit => values.filter(value => value <= limit).length,
})

function normal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** `bunching`: how much of a value its block decides, neighbouring blocks alike. */
function run(uniform: () => number, blocks: number, each: number, bunching: number): number[][] {
  let level = normal(uniform)
  return Array.from({ length: blocks }, () => {
    level = 0.5 * level + Math.sqrt(0.75) * normal(uniform)
    return Array.from({ length: each }, () =>
      Math.exp(Math.sqrt(bunching) * level + Math.sqrt(1 - bunching) * normal(uniform)),
    )
  })
}

function medianCover(bunching: number, isCorrected: boolean): number {
  const uniform = seededUniform(20_261_121, `cover ${bunching}`)
  let held = 0
  const runs = 300
  for (let i = 0; i < runs; i += 1) {
    const blocks = run(uniform, 60, 20, bunching)
    const sorted = blocks.flat().sort((a, b) => a - b)
    const at = (rank: number) => sorted[rank - 1]!
    const sample = { size: sorted.length, valueAtRank: at, leastAtRank: at, leastUncertainMs: Number.POSITIVE_INFINITY }
    const asBlocks = blocks.map(blockOf)
    const spread = isCorrected ? { designEffect: (value: number) => designEffect(asBlocks, value) } : {}
    const { low, high } = percentileOf(sample, 50, spread)
    // The median of all values that could come is 1.
    if (low! <= 1 && 1 <= high!) held += 1
  }
  return held / runs
}

test('independent samples keep their interval: it holds the truth in 95 of 100 runs', () => {
  const cover = medianCover(0, true)
  expect(cover).toBeGreaterThan(0.92)
  expect(cover).toBeLessThanOrEqual(1)
})

test('samples that bunch: as if independent the interval misses the truth most times, corrected it holds it', () => {
  expect(medianCover(0.4, false)).toBeLessThan(0.6)
  expect(medianCover(0.4, true)).toBeGreaterThan(0.85)
})

test('all values equal, few blocks or none: nothing to correct', () => {
  const same = Array.from({ length: 20 }, () => blockOf([5, 5, 5]))
  expect([designEffect(same, 5), designEffect([], 5), designEffect(same.slice(0, 9), 4)]).toEqual([1, 1, 1])
})

test('never more than all samples being one', () => {
  const halves = Array.from({ length: 20 }, (_, at) => blockOf(Array(10).fill(at < 10 ? 1 : 9)))
  expect(designEffect(halves, 5)).toBeLessThanOrEqual(200)
  expect(designEffect(halves, 5)).toBeGreaterThan(20)
})
