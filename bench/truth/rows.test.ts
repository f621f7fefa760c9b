import { describe, expect, it } from 'vitest'
import type { Percentile as Measured, Summary } from '../../schemas/generated/types.ts'
import { allowedMs, isWithin, plantedBounds, stallBounds } from './bounds.ts'
import { ascending, quantile } from './quantile.ts'
import { sameCount, truthRows } from './rows.ts'

const only = (value: number | null, atLeast?: boolean): Measured => ({ value, ...(atLeast && { atLeast }) })

function summary(ms: number[], change: (value: number) => number = value => value): Summary {
  const sorted = ascending(ms)
  const at = (percentile: number) => only(change(quantile(sorted, percentile)))
  return { count: ms.length, p50: at(50), p90: at(90), p99: at(99), p999: at(99.9) } as Summary
}

describe('the judgement', () => {
  const ms = Array.from({ length: 1_000 }, (_, n) => 1 + n / 10)
  const truth = { corrected: ms, raw: ms.map(each => each - 0.5) }
  const raw = summary(truth.raw)
  const compare = (corrected: Summary, more: object = {}) =>
    truthRows({ truth, corrected, raw, bounds: plantedBounds, rawIs: 'like-truth', ...more }).map(row => row.holds)

  it('allows the larger of a share and a time', () => {
    expect([10, 500].map(truthMs => allowedMs(plantedBounds, 50, truthMs))).toEqual([1, 5])
    expect([10, 500].map(truthMs => allowedMs(plantedBounds, 99, truthMs))).toEqual([5, 10])
    expect(allowedMs(stallBounds, 99, 9_000)).toBe(270)
    expect(allowedMs(plantedBounds, 99.9, 9_000)).toBeUndefined()
  })

  it('holds for what agrees and breaks for stamps that are off by 3 ms', () => {
    expect(compare(summary(ms, value => value + 0.9))).toEqual([true, true, true, true])
    expect(compare(summary(ms, value => value + 3))).toEqual([false, false, true, true])
    expect(compare(summary(ms, value => value - 6))).toEqual([false, false, false, true])
  })

  it('holds raw figures to the truth from the send', () => {
    expect(compare(summary(ms), { raw: summary(truth.raw, value => value + 3) })).toEqual([false, false, true, true])
  })

  it('takes too few samples for no agreement, and only shows p99.9', () => {
    expect(isWithin(plantedBounds, 50, 10, null)).toBe(false)
    expect(isWithin(plantedBounds, 99.9, 10, null)).toBe(true)
  })

  it('wants the raw p99 of a generator that stood still to be free of it', () => {
    const waits = { corrected: ms.map(each => each * 100), raw: ms.map(() => 0) }
    const holds = (rawMs: number) =>
      truthRows({
        truth: waits,
        corrected: summary(waits.corrected),
        raw: { ...raw, p99: only(rawMs) },
        bounds: stallBounds,
        rawIs: 'stall-free',
      }).map(row => row.holds)
    expect(holds(900)).toEqual([true, true, true, true])
    expect(holds(1_100)).toEqual([true, true, false, true])
  })

  it('counts to the unit', () => {
    expect(sameCount('sends', 1_000, 1_000)).toEqual({ text: '1,000 sends on both sides', holds: true })
    expect(sameCount('sends', 1_000, 999)).toEqual({ text: '1,000 sends, the run counts 999', holds: false })
  })
})
