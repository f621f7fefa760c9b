import { expect, test } from 'vitest'
import { type Distribution, parseDistribution, sample } from './distribution.ts'
import { parseDuration } from './duration.ts'
import { parseRate } from './rate.ts'
import { seededUniform } from './seeded.ts'

test('durations are read with each unit', () => {
  const texts = ['250ms', '5s', '30m', '24h', '7d', '0', ' 1.5s ', '0ms']
  expect(texts.map(parseDuration)).toEqual([250, 5_000, 1_800_000, 86_400_000, 604_800_000, 0, 1_500, 0])
})

test.each(['', '5', '-5s', '5 s', 's', '5sec', '1e3ms'])('%j is no duration', text => {
  expect(parseDuration(text)).toEqual({ error: expect.stringContaining('250ms, 5s, 30m, 24h') })
})

test('rates are read per second', () => {
  const rates = ['100/s', '55.6/s', '200/m', '3600/h', '0'].map(parseRate)
  expect(rates).toEqual([100, 55.6, 200 / 60, 1, 0])
  expect(parseRate('100')).toEqual({ error: expect.stringContaining('100/s') })
})

test('each distribution of the option reference is read', () => {
  const read = (text: string) => parseDistribution(text)
  expect(read('const(5ms)')).toEqual({ kind: 'const', valueMs: 5 })
  expect(read('5ms')).toEqual({ kind: 'const', valueMs: 5 })
  expect(read('uniform(1s,3s)')).toEqual({ kind: 'uniform', fromMs: 1000, toMs: 3000 })
  expect(read('exp(2s)')).toEqual({ kind: 'exp', meanMs: 2000 })
  expect(read('lognorm(5ms, 50ms)')).toEqual({ kind: 'lognorm', p50Ms: 5, p99Ms: 50 })
  expect(read('bimodal(5ms,2s,10%)')).toEqual({ kind: 'bimodal', firstMs: 5, secondMs: 2000, share: 0.1 })
})

test.each([
  '',
  'normal(1s,2s)',
  'uniform(3s,1s)',
  'const()',
  'exp(1s,2s)',
  'lognorm(0ms,1s)',
  'bimodal(1s,2s,2)',
  'exp(x)',
])('%j is refused', text => {
  expect(parseDistribution(text)).toEqual({ error: expect.any(String) })
})

function quantiles(text: string, ...shares: number[]): number[] {
  const uniform = seededUniform(7, text)
  const values = Array.from({ length: 40_000 }, () => sample(parseDistribution(text) as Distribution, uniform))
  values.sort((a, b) => a - b)
  return shares.map(share => values[Math.floor(share * values.length)]!)
}

test('samples follow their distribution', () => {
  const [median, p99] = quantiles('lognorm(10ms,100ms)', 0.5, 0.99)
  expect(median! / 10).toBeCloseTo(1, 1)
  expect(p99! / 100).toBeCloseTo(1, 0)
  const [low, high] = quantiles('uniform(1s,3s)', 0, 0.5)
  expect(low!).toBeGreaterThanOrEqual(1000)
  expect(high! / 2000).toBeCloseTo(1, 1)
  expect(quantiles('exp(2s)', 0.5)[0]! / (2000 * Math.LN2)).toBeCloseTo(1, 1)
  expect(quantiles('bimodal(1ms,9ms,0.1)', 0.85, 0.95)).toEqual([1, 9])
})

test('a seed and a stream name give the same numbers each time, others give others', () => {
  const take = (seed: number, stream: string) => Array.from({ length: 5 }, seededUniform(seed, stream))
  expect(take(1, 'a')).toEqual(take(1, 'a'))
  expect(take(1, 'a')).not.toEqual(take(2, 'a'))
  expect(take(1, 'a')).not.toEqual(take(1, 'b'))
  const many = Array.from({ length: 10_000 }, seededUniform(42, 'mean'))
  expect(many.reduce((sum, value) => sum + value, 0) / many.length).toBeCloseTo(0.5, 1)
  expect(many.every(value => value >= 0 && value < 1)).toBe(true)
})
