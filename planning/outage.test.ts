import { describe, expect, it } from 'vitest'
import { simulateLane } from './lane-simulation.ts'
import { afterOutage, longestOutageMs, type Outage } from './outage.ts'

const hanging: Omit<Outage, 'outageMs'> = {
  reliablePerSecond: 30,
  otherPerSecond: 0,
  pushMs: 5,
  timeoutMs: 5_000,
  resendDelayMs: 15_000,
  resendAttempts: 10,
}

it('[CS-060] events of a minute without an answer wait with each of their repetitions', () => {
  // 30/s: those of 60 s, of the first 45 s, 30 s and 15 s; 12 POSTs ended with the timeout.
  const { queued } = afterOutage({ ...hanging, outageMs: 60_000 })
  expect(queued / (30 * (60 + 45 + 30 + 15) - 12)).toBeCloseTo(1, 1)
})

it('[PUSH-075] without repetitions the queue drains at what the lane has left', () => {
  const { queued, drainMs } = afterOutage({
    ...{ ...hanging, outageMs: 60_000, reliablePerSecond: 0, otherPerSecond: 100 },
  })
  expect(queued).toBeCloseTo(100 * 60 - 12, 0)
  expect(drainMs! / (queued / 100) / 1_000).toBeCloseTo(1, 1)
})

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function simulated(perSecond: number, outageMs: number, resends: boolean, seed = 11) {
  return simulateLane({
    ...{ seed, sessions: 500_000, eventsPerSecond: perSecond },
    ...{ pushTime: { kind: 'const', valueMs: hanging.pushMs }, durationMs: 1e6 + outageMs, warmUpMs: 0 },
    ...(resends && { resend: { delayMs: 15_000, attempts: 10, confirmMs: 1, unconfirmed: 0 } }),
    outage: { fromMs: 100_000, toMs: 100_000 + outageMs, timeoutMs: 5_000 },
  })
}

describe('model and simulation agree on queue and drain', () => {
  it.each([
    [15, 60_000],
    [15, 120_000],
    [60, 20_000],
    [60, 45_000],
    [100, 14_000],
  ])('%i reliable events a second, %i ms', (reliablePerSecond, outageMs) => {
    const model = afterOutage({ ...hanging, reliablePerSecond, outageMs })
    const seen = [1, 2, 3, 4, 5].map(seed => simulated(reliablePerSecond, outageMs, true, seed))
    expect(Math.abs(mean(seen.map(each => each.queuedAfterOutage)) / model.queued - 1)).toBeLessThan(0.05)
    expect(Math.abs(mean(seen.map(each => each.drainMs!)) / model.drainMs! - 1)).toBeLessThan(0.1)
  })

  it('120 events a second that nobody repeats, 30 s', () => {
    const outage = { ...hanging, reliablePerSecond: 0, otherPerSecond: 120, outageMs: 30_000 }
    const model = afterOutage(outage)
    const seen = simulated(120, 30_000, false)
    expect(Math.abs(seen.queuedAfterOutage / model.queued - 1)).toBeLessThan(0.05)
    expect(Math.abs(seen.drainMs! / model.drainMs! - 1)).toBeLessThan(0.15)
  })
})

describe('the longest outage after which the queue drains by itself', () => {
  it.each([40, 60, 80, 120])('at %i reliable events a second, as in the simulation', reliablePerSecond => {
    const longestMs = longestOutageMs({ ...hanging, reliablePerSecond })
    expect(simulated(reliablePerSecond, longestMs * 0.75, true).drainMs).toBeDefined()
    expect(simulated(reliablePerSecond, longestMs * 1.5, true).drainMs).toBeUndefined()
  })

  it('is any where all repetitions together fit, and where nothing is repeated', () => {
    expect(longestOutageMs({ ...hanging, reliablePerSecond: 18 })).toBe(Number.POSITIVE_INFINITY)
    expect(longestOutageMs({ ...hanging, reliablePerSecond: 0, otherPerSecond: 199 })).toBe(Number.POSITIVE_INFINITY)
  })

  it('is none on a lane that is too slow without one', () => {
    expect(longestOutageMs({ ...hanging, reliablePerSecond: 200 })).toBe(0)
  })
})
