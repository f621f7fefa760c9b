import { describe, expect, it } from 'vitest'
import { type Distribution, parseDistribution } from '../../protocol/distribution.ts'
import { parseOptions } from '../../scenarios/options.ts'
import type { Percentile as Measured, Summary } from '../../schemas/generated/types.ts'
import { allowedMs, isWithin, plantedBounds, stallBounds } from './bounds.ts'
import { joinMessages } from './join.ts'
import { plannedSends } from './planned-sends.ts'
import { plantedQuantiles } from './planted.ts'
import { ascending, quantile } from './quantile.ts'
import { sameCount, truthRows } from './rows.ts'
import { truthOfPushes, truthOfSends } from './stall-truth.ts'
import { type Lateness, unfitBecause, untilJudgeable } from './until-judgeable.ts'

const begun = (chatId: string, index: number, atMs: number) => ({ chatId, index, atMs })
const received = (device: string, index: number, plannedMs?: number) => ({
  device,
  index,
  plannedMs,
  sentMs: plannedMs === undefined ? undefined : plannedMs + 0.5,
})

describe('the join of stamps and messages', () => {
  it('pairs what the target wrote with what the receiver read and leaves out what has no marker', () => {
    const messages = joinMessages({
      begun: [begun('one', 2, 10), begun('two', 2, 11), begun('one', 3, 12)],
      received: [received('d1', 2), received('d2', 2, 5), received('d1', 3, 6)],
    })
    expect(messages).toEqual([
      { plannedMs: 5, sentMs: 5.5, begunMs: 11 },
      { plannedMs: 6, sentMs: 6.5, begunMs: 12 },
    ])
  })

  it.each([
    ['a lost POST', [received('d1', 2)], 'began 2 POSTs and the receiver read 1'],
    ['another index', [received('d1', 2), received('d2', 7)], 'POST 2 began with index 4 and came with 7'],
    ['a device of another chat', [received('d1', 2), received('d1', 4)], 'POST 2 joins chat two with d1'],
  ])('refuses %s', (_what, posts, why) => {
    expect(() => joinMessages({ begun: [begun('one', 2, 1), begun('two', 4, 2)], received: posts })).toThrow(why)
  })

  it('refuses a chat that comes back with another device', () => {
    const posts = [received('d1', 2), received('d2', 3)]
    expect(() => joinMessages({ begun: [begun('one', 2, 1), begun('one', 3, 2)], received: posts })).toThrow(
      'POST 2 joins chat one with d2, an earlier one joined it with d1',
    )
  })
})

describe('what was planted', () => {
  const planted = (text: string) => plantedQuantiles(parseDistribution(text) as Distribution)

  it('has the quantiles of its definition', () => {
    const lognormal = planted('lognorm(20ms,200ms)')
    expect([50, 99].map(each => Math.round(lognormal(each as 50 | 99, 5_000).ms / 10))).toEqual([2, 20])
    // 20 ms × 10^(1.2816 / 2.3263)
    expect(lognormal(90, 5_000).ms / 71.1).toBeCloseTo(1, 1)
  })

  it('lies in a range that is the wider the fewer samples there are', () => {
    const lognormal = planted('lognorm(20ms,200ms)')
    const width = (count: number) => lognormal(90, count).highMs - lognormal(90, count).lowMs
    expect(width(1_000)).toBeGreaterThan(2 * width(10_000))
    expect(planted('const(50ms)')(99.9, 10)).toEqual({ ms: 50, lowMs: 50, highMs: 50 })
  })

  it('is one or the other where a step lies at the percentile', () => {
    const { lowMs, highMs } = planted('bimodal(5ms,300ms,10%)')(90, 5_000)
    expect([lowMs, highMs]).toEqual([5, 300])
  })
})

describe('the truth of a stall', () => {
  const stop = { fromMs: 1_000, toMs: 2_000 }

  it('is, for a send, the rest of the stop', () => {
    const waits = [0, 1_000, 250, 0]
    expect(truthOfSends([999, 1_000, 1_750, 2_000], stop, true)).toEqual({ corrected: waits, raw: waits })
  })

  it('is not in the raw figures of a generator that stood still itself', () => {
    expect(truthOfSends([1_500], stop, false)).toEqual({ corrected: [500], raw: [0] })
  })

  it('is, for a push, its stamp, and the end of the stop for the one that was in flight', () => {
    const message = (plannedMs: number, begunMs: number) => ({ plannedMs, sentMs: plannedMs + 1, begunMs })
    const messages = [message(900, 901), message(1_000, 1_001), message(1_500, 2_010)]
    expect(truthOfPushes(messages, stop)).toEqual({ corrected: [1, 1_000, 510], raw: [0, 999, 509] })
    expect(truthOfPushes(messages)).toEqual({ corrected: [1, 1, 510], raw: [0, 0, 509] })
  })

  it('comes from the seed alone: every message of the steady phase, of all shards', () => {
    const { options } = parseOptions(Object.entries({ sessions: '10', arrival: '10/s', 'message-rate': '4/s' }))
    const run = { options: options!, seed: 1, shards: 2, startMs: 0, steadyMs: 6_000, drainMs: 36_000 }
    const expected = Array.from({ length: 120 }, (_, n) => 6_000 + n * 250)
    expect([...ascending(plannedSends(run))]).toEqual(expected)
  })
})

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

describe('a run on a machine that was late', () => {
  const lateBy = (p99: number): Lateness => ({ count: 5_000, p50: 0.5, p99, p999: 20, max: 30 })

  it('is one whose empty loop was late by more than 5 ms', () => {
    expect([5, 5.1].map(each => unfitBecause(lateBy(each)))).toEqual([
      undefined,
      'an empty 5 ms tick loop was late by 5.1 ms (p99, limit 5 ms)',
    ])
  })

  const tries = (...unfit: (string | undefined)[]) => {
    const said: string[] = []
    let made = 0
    const attempt = async () => ({ run: ++made, unfit: unfit[made - 1] })
    return untilJudgeable(attempt, line => said.push(line)).then(last => ({ ...last, said: said.length }))
  }

  it('is repeated, three times in all, and the first that can be judged is', async () => {
    expect(await tries(undefined)).toEqual({ run: 1, unfit: undefined, said: 0 })
    expect(await tries('late', undefined)).toEqual({ run: 2, unfit: undefined, said: 1 })
    expect(await tries('late', 'late', 'late again')).toEqual({ run: 3, unfit: 'late again', said: 2 })
  })
})
