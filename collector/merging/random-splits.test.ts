import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import { expect, test } from 'vitest'
import { type Distribution, parseDistribution, sample } from '../../protocol/distribution.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import type { Summary } from '../../schemas/generated/types.ts'
import {
  addAtLeast,
  addToCell,
  decodedCell,
  emptyCell,
  emptyHistogram,
  encodedCell,
  type LatencyCell,
  mergedCells,
} from '../latency-cell.ts'
import { summaryOf } from '../latency-summary.ts'
import { addEncoded } from './add-encoded.ts'

/** One thing that happens to a series: a measured value, or one that is only known to be at least so much. */
type Planted = { ms: number; boundMs: number; isAtLeast: boolean }

function plant(count: number, uniform: () => number): Planted[] {
  const values = parseDistribution('bimodal(3ms,400ms,0.1)') as Distribution
  return Array.from({ length: count }, () => {
    const coin = uniform()
    const ms =
      coin < 0.01 ? -3 : coin < 0.02 ? 3_700_000 : coin < 0.03 ? 0.001 : sample(values, uniform) * (0.5 + uniform())
    return { ms, boundMs: Math.floor(uniform() * 4) / 10, isAtLeast: uniform() < 0.02 }
  })
}

function recorded(cell: LatencyCell, { ms, boundMs, isAtLeast }: Planted): void {
  if (isAtLeast) addAtLeast(cell, Math.abs(ms))
  else addToCell(cell, ms, boundMs)
}

/** As result.json keeps it and a reader gets it back. */
const stored = (cell: LatencyCell) =>
  decodedCell(JSON.parse(JSON.stringify({ ...summaryOf(cell), cell: encodedCell(cell) })) as Summary)!

test('10,000 random splits of a run into parts merge to the same counts, percentiles, min, max and sum', () => {
  const uniform = seededUniform(4, 'splits')
  const planted = plant(200, uniform)
  const whole = emptyCell()
  for (const each of planted) recorded(whole, each)
  const expected = summaryOf(whole, { withCell: true, withCurve: true })
  // Cells are large: the same ones serve all splits.
  const cells = Array.from({ length: 4 }, emptyCell)
  for (let split = 0; split < 10_000; split += 1) {
    const parts = 1 + Math.floor(uniform() * cells.length)
    // Each value goes to some part; often all of a stretch to the same one, as in time or by shard.
    const stretch = 1 + Math.floor(uniform() * 30)
    for (const cell of cells.slice(0, parts)) Object.assign(cell, { ...emptied(cell) })
    let part = 0
    planted.forEach((each, at) => {
      if (at % stretch === 0) part = Math.floor(uniform() * parts)
      recorded(cells[part]!, each)
    })
    const merged = mergedCells(split % 250 === 0 ? cells.slice(0, parts).map(stored) : cells.slice(0, parts))
    if (split % 250 === 0) expect(summaryOf(merged, { withCell: true, withCurve: true })).toEqual(expected)
    else expect(figures(merged)).toEqual(figures(whole))
  }
}, 60_000)

function emptied({ histogram }: LatencyCell): Partial<LatencyCell> {
  histogram.reset()
  return { ...emptyFigures, uncertain: { ...emptyFigures.uncertain }, histogram }
}

const { histogram: _histogram, ...emptyFigures } = emptyCell()

function figures({ histogram, ...exact }: LatencyCell) {
  const percentiles = [0, 50, 99, 100].map(at => histogram.getValueAtPercentile(at))
  return { ...exact, total: histogram.totalCount, percentiles }
}

test('an encoded histogram is added as if it were decoded first', () => {
  const uniform = seededUniform(5, 'encoded')
  for (let round = 0; round < 200; round += 1) {
    const [one, other] = [emptyHistogram(), emptyHistogram()]
    for (let i = 0; i < 50; i += 1)
      one.recordValueWithCount(Math.ceil(10 ** (uniform() * 9.5)), Math.ceil(10 ** (uniform() * 7)))
    for (const value of [1, 1_023, 1_024, 2_047, 2_048, 2_049, 3_600_000_000]) one.recordValue(value)
    other.recordValue(Math.ceil(uniform() * 1e6))
    const fast = emptyHistogram()
    fast.add(other)
    addEncoded(fast, encodeIntoCompressedBase64(one))
    other.add(decodeFromCompressedBase64(encodeIntoCompressedBase64(one)))
    expect(encodeIntoCompressedBase64(fast)).toBe(encodeIntoCompressedBase64(other))
  }
})

test('a histogram of another range or precision is never added', () => {
  const others = [
    { numberOfSignificantValueDigits: 2 as const, highestTrackableValue: 3_600_000_000 },
    { numberOfSignificantValueDigits: 3 as const, highestTrackableValue: 60_000_000 },
  ]
  for (const other of others)
    expect(() => addEncoded(emptyHistogram(), encodeIntoCompressedBase64(build(other)))).toThrow(/another range/)
  expect(() => addEncoded(emptyHistogram(), 'AAAAAAAAAAAA')).toThrow('no HdrHistogram V2')
})
