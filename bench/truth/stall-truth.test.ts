import { describe, expect, it } from 'vitest'
import { parseOptions } from '../../scenarios/options.ts'
import { plannedSends } from './planned-sends.ts'
import { ascending } from './quantile.ts'
import { truthOfSends, truthOfStamps } from './stall-truth.ts'

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
    expect(truthOfStamps(messages, stop)).toEqual({ corrected: [1, 1_000, 510], raw: [0, 999, 509] })
    expect(truthOfStamps(messages)).toEqual({ corrected: [1, 1, 510], raw: [0, 0, 509] })
  })

  it('comes from the seed alone: every message of the steady phase, of all shards', () => {
    const { options } = parseOptions(Object.entries({ sessions: '10', arrival: '10/s', 'message-rate': '4/s' }))
    const run = { options: options!, seed: 1, shards: 2, startMs: 0, steadyMs: 6_000, drainMs: 36_000 }
    const expected = Array.from({ length: 120 }, (_, n) => 6_000 + n * 250)
    expect([...ascending(plannedSends(run))]).toEqual(expected)
  })
})
