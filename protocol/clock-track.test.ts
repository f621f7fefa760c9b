import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ClockHistory,
  historyStartMs,
  sameClockHistory,
  steadyHistory,
  steppedHistory,
} from './clock/clock-history.ts'
import { sameHostRates } from './clock/round.ts'
import { type ClockTrack, createClockTrack } from './clock-track.ts'

/** Epoch milliseconds in a double. */
const stampMs = 0.001

function follow({ exchanges }: ClockHistory, track = createClockTrack()): ClockTrack {
  for (const { sentMs, peerMs, receivedMs } of exchanges) track.add(sentMs, peerMs, receivedMs)
  return track
}

/** How far the true offset lies outside the bound, at most; at or below 0 = never. */
function outside(track: ClockTrack, history: ClockHistory, instants: readonly number[]): number {
  const misses = instants.map(atMs => {
    const { offsetMs, boundMs } = track.at(atMs)!
    return Math.abs(offsetMs - history.truth(atMs)) - boundMs
  })
  return Math.max(...misses)
}

/** During, between, before and after the exchanges. */
function instantsOf({ exchanges }: ClockHistory): number[] {
  const paceMs = exchanges.length < 2 ? 1_000 : exchanges[1]!.sentMs - exchanges[0]!.sentMs
  return [
    historyStartMs - 30_000,
    ...exchanges.flatMap(({ sentMs, receivedMs }) => [sentMs, receivedMs, receivedMs + paceMs / 2]),
    exchanges.at(-1)!.receivedMs + 60_000,
  ]
}

const drifting = (ppm: number, seconds: number, wayMs: number, turnsAt = Number.POSITIVE_INFINITY) => {
  const track = createClockTrack()
  for (let second = 0; second < seconds; second++) {
    const atMs = historyStartMs + second * 1_000
    const offsetMs = 3_600_000 + (second < turnsAt ? second : 2 * turnsAt - second) * ppm * 1e-3
    track.add(atMs, atMs + wayMs + offsetMs, atMs + 2 * wayMs)
  }
  return track
}

describe('random histories', () => {
  test('without a step: the true offset lies within the bound, at any instant, and no step is invented', () => {
    fc.assert(
      fc.property(steadyHistory(1, 100), history => {
        const track = follow(history)
        expect(track.steps()).toEqual([])
        expect(outside(track, history, instantsOf(history))).toBeLessThan(stampMs)
      }),
      { numRuns: 10_000 },
    )
  }, 60_000)

  test('while the run goes on: the bound holds for what is asked right after each round', () => {
    fc.assert(
      fc.property(steadyHistory(2, 40), history => {
        const track = createClockTrack()
        for (const { sentMs, peerMs, receivedMs } of history.exchanges) {
          track.add(sentMs, peerMs, receivedMs)
          expect(outside(track, history, [sentMs - 2_000, sentMs, receivedMs + 900])).toBeLessThan(stampMs)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('the drift lies within its stated error', () => {
    fc.assert(
      fc.property(steadyHistory(20, 60), history => {
        const drift = follow(history).drift()
        if (drift) expect(Math.abs(drift.ppm - history.driftPpm)).toBeLessThan(drift.boundPpm)
      }),
      { numRuns: 1_000 },
    )
  })

  test('on one host: the bound holds without the room for drift, and no step is invented', () => {
    fc.assert(
      fc.property(sameClockHistory(1, 60), history => {
        const track = follow(history, createClockTrack(sameHostRates))
        expect(track.steps()).toEqual([])
        expect(outside(track, history, instantsOf(history))).toBeLessThan(stampMs)
      }),
      { numRuns: 10_000 },
    )
  }, 60_000)

  test('with a step: it is found once, with its size and instant, and the bound holds before and after it', () => {
    fc.assert(
      fc.property(steppedHistory(20, 40), history => {
        const track = follow(history)
        const { stepAtMs, stepMs, exchanges } = history
        const before = exchanges.filter(({ receivedMs }) => receivedMs < stepAtMs)
        const first = exchanges.find(({ sentMs }) => sentMs >= stepAtMs)!
        expect(track.steps()).toHaveLength(1)
        const [step] = track.steps()
        expect(Math.abs(step!.byMs - stepMs)).toBeLessThan(200)
        expect(step!.atMs).toBeGreaterThan(before.at(-1)!.sentMs)
        expect(step!.atMs).toBeLessThanOrEqual(first.receivedMs)
        expect(outside(track, history, instantsOf(history))).toBeLessThan(stampMs)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('drift', () => {
  test('of 100 ppm is found within 15 ppm after half a minute of ways of 0.1 ms', () => {
    const drift = drifting(100, 30, 0.1).drift()!
    expect(drift.boundPpm).toBeLessThan(20)
    expect(Math.abs(drift.ppm - 100)).toBeLessThan(15)
  })

  test('is not told from rounds that prove nothing yet', () => {
    expect(drifting(100, 2, 5).drift()).toBeUndefined()
  })

  test('once fitted narrows the bound between rounds that are far apart', () => {
    const track = drifting(100, 120, 0.1)
    const laterMs = historyStartMs + 119_000 + 60_000
    // 60 s at 500 ppm would be 30 ms.
    expect(track.at(laterMs)!.boundMs).toBeLessThan(2)
    expect(Math.abs(track.at(laterMs)!.offsetMs - (3_600_000 + 17.9))).toBeLessThan(2)
  })

  test('that turns round is no step: the fit begins anew', () => {
    const track = drifting(100, 120, 0.1, 60)
    expect(track.steps()).toEqual([])
    expect(track.drift()!.ppm).toBeLessThan(-80)
    expect(Math.abs(track.at(historyStartMs + 119_000)!.offsetMs - (3_600_000 + 0.1))).toBeLessThan(0.2)
  })
})

describe('steps', () => {
  const second = (track: ClockTrack, at: number, offsetMs: number, wayMs = 0.1) => {
    const sentMs = historyStartMs + at * 1_000
    return track.add(sentMs, sentMs + wayMs + offsetMs, sentMs + 2 * wayMs)
  }

  test('need two rounds that agree; one alone is passed over', () => {
    const track = createClockTrack()
    for (let at = 0; at < 10; at++) second(track, at, 0)
    expect(second(track, 10, -2_000)).toBeUndefined()
    expect(second(track, 11, 0)).toBeUndefined()
    expect(second(track, 12, -2_000)).toBeUndefined()
    expect(second(track, 13, -2_000)).toEqual({ atMs: historyStartMs + 12_000.1, byMs: expect.closeTo(-2_000, 0) })
    expect(track.steps()).toHaveLength(1)
  })

  test('between the last round of before and the first of after both offsets are possible', () => {
    const track = createClockTrack()
    for (let at = 0; at < 5; at++) second(track, at, 0)
    for (let at = 5; at < 9; at++) second(track, at, 1_000)
    expect(track.at(historyStartMs + 4_500)!.boundMs).toBeCloseTo(500, 0)
    expect(track.at(historyStartMs + 3_500)!).toEqual({ offsetMs: expect.closeTo(0, 1), boundMs: expect.closeTo(0, 0) })
    expect(track.at(historyStartMs + 7_500)!.offsetMs).toBeCloseTo(1_000, 1)
  })

  test('one that is only suspected widens the bound already', () => {
    const track = createClockTrack()
    for (let at = 0; at < 5; at++) second(track, at, 0)
    second(track, 5, 1_000)
    expect(track.at(historyStartMs + 5_500)!.boundMs).toBeCloseTo(500, 0)
  })
})

test('a long run takes no more than a short one, and its beginning stays known', () => {
  const track = drifting(20, 100_000, 0.1)
  expect(track.rounds()).toBe(100_000)
  for (const at of [0, 50_000, 99_999]) {
    const { offsetMs, boundMs } = track.at(historyStartMs + at * 1_000)!
    expect(Math.abs(offsetMs - (3_600_000 + at * 0.02))).toBeLessThan(boundMs)
    // Windows of half an hour, and a wander of 20 ppm between their best rounds.
    expect(boundMs).toBeLessThan(30)
  }
})

test('rounds that cannot be prove nothing', () => {
  const track = createClockTrack()
  track.add(2_000, 2_000, 1_999)
  track.add(2_000, Number.NaN, 2_001)
  expect([track.rounds(), track.at(2_000), track.drift()]).toEqual([0, undefined, undefined])
})
