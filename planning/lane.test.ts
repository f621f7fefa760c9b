import { describe, expect, it } from 'vitest'
import { type Distribution, parseDistribution } from '../protocol/distribution.ts'
import { busiestShare, partsFor } from './imbalance.ts'
import { laneLoad, laneRate, meanWaitMs } from './lane.ts'
import { simulateLane } from './lane-simulation.ts'
import { pushTimeOf, withNetwork, withTimeouts } from './push-time.ts'
import { postsPerEvent } from './resending.ts'

const time = (text: string) => pushTimeOf(parseDistribution(text) as Distribution)

describe("the documentation's own figures and those of the guides", () => {
  it('[PUSH-072] 5 ms are 200 pushes per second of one node', () => {
    expect(laneRate(time('5ms'))).toBe(200)
    expect(laneRate(withNetwork(time('4ms'), 1))).toBe(200)
  })

  it.each([
    ['no POST', 0, 5_000, 200],
    ['one POST in a thousand hangs for 5 s', 0.001, 5_000, 100],
    ['one in a hundred', 0.01, 5_000, 18.2],
    ['one in a hundred for 30 s', 0.01, 30_000, 3.28],
  ])('[PUSH-076] %s', (_, share, timeoutMs, rate) => {
    expect(laneRate(withTimeouts(time('5ms'), share, timeoutMs)) / rate).toBeCloseTo(1, 2)
  })

  it.each([
    [0.5, 2.5],
    [0.8, 10],
    [0.9, 22.5],
    [0.95, 47.5],
  ])('a lane of 5 ms that is used to %f makes pushes wait %f ms', (load, waitMs) => {
    expect(meanWaitMs(load * 200, time('5ms'))).toBeCloseTo(waitMs, 9)
  })

  it.each([
    [0.01, 10, 1.0101],
    [0.5, 1, 1.5],
    [0.5, 3, 1.875],
    [0.9, 10, 6.862],
    [1, 10, 11],
  ])('[CS-062] of pushes unconfirmed in %f with %i repetitions come %f POSTs', (share, attempts, posts) => {
    expect(postsPerEvent(share, attempts)).toBeCloseTo(posts, 3)
  })
})

it.each(['const(5ms)', 'uniform(2ms,9ms)', 'exp(4ms)', 'lognorm(5ms,20ms)', 'bimodal(3ms,30ms,0.05)'])(
  'mean and square of %s are those of its samples',
  text => {
    const outcome = simulateLane({ ...quiet, pushTime: parseDistribution(text) as Distribution, durationMs: 3e8 })
    expect(outcome.load / laneLoad(quiet.eventsPerSecond, time(text))).toBeCloseTo(1, 1)
  },
)

const quiet = { seed: 1, sessions: 1_000, eventsPerSecond: 1, durationMs: 1e7, warmUpMs: 0 }

const grid = ['const(5ms)', 'exp(4ms)', 'lognorm(5ms,20ms)', 'bimodal(3ms,30ms,0.05)'].flatMap(text =>
  [0.3, 0.6, 0.8].flatMap(load => [0, 0.1].map(unconfirmed => ({ text, load, unconfirmed }))),
)

describe('model and simulation agree within 5 %', () => {
  it.each(grid)('$text, lane used to $load, unconfirmed $unconfirmed', ({ text, load, unconfirmed }) => {
    const attempts = 10
    const posts = postsPerEvent(unconfirmed, attempts)
    const pushes = load * laneRate(time(text))
    const outcome = simulateLane({
      seed: 7,
      sessions: 1_000_000,
      eventsPerSecond: pushes / posts,
      pushTime: parseDistribution(text) as Distribution,
      resend: { delayMs: 15_000, attempts, confirmMs: 20, unconfirmed },
      durationMs: 300_000 * time(text).meanMs * (load > 0.7 ? 3 : 1),
      warmUpMs: 60_000,
    })
    expect(outcome.load / load).toBeGreaterThan(0.95)
    expect(outcome.load / load).toBeLessThan(1.05)
    const wait = outcome.meanWaitMs / meanWaitMs(pushes, time(text))
    expect(wait).toBeGreaterThan(0.95)
    expect(wait).toBeLessThan(1.05)
  })
})

it('a share of POSTs that hangs: model and simulation agree within 5 %', () => {
  const hanging = { share: 0.01, timeoutMs: 500 }
  const pushTime = withTimeouts(time('5ms'), hanging.share, hanging.timeoutMs)
  const pushes = 0.5 * laneRate(pushTime)
  const outcome = simulateLane({
    ...{ seed: 3, sessions: 10_000, eventsPerSecond: pushes, pushTime: { kind: 'const', valueMs: 5 } },
    ...{ timeout: hanging, durationMs: 3e7, warmUpMs: 60_000 },
  })
  expect(Math.abs(outcome.load / 0.5 - 1)).toBeLessThan(0.05)
  expect(Math.abs(outcome.meanWaitMs / meanWaitMs(pushes, pushTime) - 1)).toBeLessThan(0.05)
})

it('the busiest of several nodes is never under its share, and a million sessions even out', () => {
  expect([busiestShare(1_000, 1, 1), busiestShare(1, 5, 1), busiestShare(1e6, 10, 1) < 1.01]).toEqual([1, 5, true])
  expect([partsFor(200, 140, 1e6, 1), partsFor(140, 140, 1e6, 1), partsFor(1, 0, 10, 1, 50)]).toEqual([2, 1, undefined])
})
