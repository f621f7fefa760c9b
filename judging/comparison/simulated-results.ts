import { encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import { emptyHistogram } from '../../collector/latency-cell.ts'
import { readSample } from '../../reports/samples/read-sample.ts'
import type { Result, Summary } from '../../schemas/generated/types.ts'
import { type Block, designEffect } from '../design-effect.ts'
import { curveOf, percentileOf } from '../percentile.ts'

/** A steady series of log-normal latencies of which `bunching` is decided by the second in which they fall. */
export interface SimulatedSeries {
  medianMs: number
  sigma: number
  bunching: number
  seconds: number
  perSecond: number
}

function normal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** One run of a series, and what its result would keep of it. */
export function simulatedSummary(series: SimulatedSeries, uniform: () => number): Summary {
  const { medianMs, sigma, bunching, seconds, perSecond } = series
  let level = normal(uniform)
  const blocks = Array.from({ length: seconds }, () => {
    level = 0.5 * level + Math.sqrt(0.75) * normal(uniform)
    const of = () => Math.sqrt(bunching) * level + Math.sqrt(1 - bunching) * normal(uniform)
    return Float64Array.from({ length: perSecond }, () => medianMs * Math.exp(sigma * of())).sort()
  })
  return summaryOfBlocks(blocks)
}

function summaryOfBlocks(blocks: readonly Float64Array[]): Summary {
  const sorted = new Float64Array(blocks.reduce((sum, { length }) => sum + length, 0))
  blocks.reduce((at, block) => {
    sorted.set(block, at)
    return at + block.length
  }, 0)
  sorted.sort()
  const asBlocks: Block[] = blocks.map(block => ({ count: block.length, countAtMost: ms => countAtMost(block, ms) }))
  const at = (rank: number) => sorted[rank - 1]!
  const sample = { size: sorted.length, valueAtRank: at, leastAtRank: at, leastUncertainMs: Number.POSITIVE_INFINITY }
  const of = (percentile: number) =>
    percentileOf(sample, percentile, { designEffect: value => designEffect(asBlocks, value) })
  const sum = sorted.reduce((all, value) => all + value, 0)
  return {
    ...{ count: sorted.length, min: at(1), mean: sum / sorted.length, max: at(sorted.length), sum },
    ...{ p50: of(50), p75: of(75), p90: of(90), p95: of(95), p99: of(99), p999: of(99.9) },
    ...{ censored: 0, overflow: 0, negative: 0 },
    curve: curveOf(sample) as unknown as NonNullable<Summary['curve']>,
  }
}

function countAtMost(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

const passing = readSample('pass')
const block = encodeIntoCompressedBase64(emptyHistogram())

/** A passing result with these series and nothing else that could differ; of `known` it keeps `seconds` blocks. */
export function resultOf(
  metrics: Record<string, Summary>,
  known: readonly string[] = Object.keys(metrics),
  seconds = 20,
): Result {
  const result = passing
  const steady = result.phases.find(({ name }) => name === 'steady')!
  const from = (Date.parse(steady.start) - Date.parse(result.intervals.start)) / 1000
  const histograms = Object.fromEntries(known.map(name => [name, Array(Math.ceil(from) + seconds + 1).fill(block)]))
  return {
    ...result,
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, of]) => [name, { steady: of }])),
    rates: {},
    phases: result.phases.map(phase => (phase.name === 'steady' ? { ...phase, seconds } : phase)),
    intervals: { ...result.intervals, seconds: 1, blocks: { every: 1, histograms } },
  }
}

/** By hand: a percentile with its interval, all others without enough samples. */
export function summaryWith(
  percentiles: Partial<Pick<Summary, 'p50' | 'p90' | 'p99'>>,
  more: Partial<Summary> = {},
): Summary {
  const none = { value: null, needs: 9_999 }
  return {
    ...{ count: 5_000, min: 1, mean: 5, max: 100, sum: 25_000, censored: 0, overflow: 0, negative: 0 },
    ...{ p50: none, p75: none, p90: none, p95: none, p99: none, p999: none },
    ...percentiles,
    ...more,
  }
}
