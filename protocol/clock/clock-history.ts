import fc from 'fast-check'

/** A peer's clock against ours, planted, and the exchanges with it; virtual time in epoch milliseconds. */
export interface ClockHistory {
  /** peer − ours at an instant of ours. */
  truth(atMs: number): number
  exchanges: readonly { sentMs: number; peerMs: number; receivedMs: number }[]
  driftPpm: number
  stepMs: number
  /** Infinity = none. */
  stepAtMs: number
}

export const historyStartMs = 1_795_220_000_000

interface Planted {
  offsetMs: number
  driftPpm: number
  /** The rate swings around the drift by this much. */
  wanderPpm: number
  wanderPeriodMs: number
  paceMs: number
  /** Ways there and back, ms; as asymmetric as it comes. */
  ways: readonly (readonly [thereMs: number, backMs: number])[]
  stepMs: number
  stepShare: number
}

function played(planted: Planted, hasStep: boolean): ClockHistory {
  const { offsetMs, driftPpm, wanderPpm, wanderPeriodMs, paceMs, ways, stepMs, stepShare } = planted
  const lastMs = historyStartMs + ways.length * paceMs
  const stepAtMs = hasStep ? historyStartMs + (lastMs - historyStartMs) * stepShare : Number.POSITIVE_INFINITY
  const turn = (2 * Math.PI) / wanderPeriodMs
  const truth = (atMs: number) => {
    const ms = atMs - historyStartMs
    const wanderedMs = ((wanderPpm * 1e-6) / turn) * Math.sin(ms * turn)
    return offsetMs + ms * driftPpm * 1e-6 + wanderedMs + (atMs >= stepAtMs ? stepMs : 0)
  }
  let atMs = historyStartMs
  const exchanges = ways.map(([thereMs, backMs]) => {
    const sentMs = atMs
    const stampedMs = sentMs + thereMs
    atMs = Math.max(atMs + paceMs, stampedMs + backMs)
    return { sentMs, peerMs: stampedMs + truth(stampedMs), receivedMs: stampedMs + backMs }
  })
  return { truth, exchanges, driftPpm, stepMs: hasStep ? stepMs : 0, stepAtMs }
}

const hourMs = 3_600_000
const way = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: 0.01, max: 0.5, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 0.01, max: 80, noNaN: true }) },
)

function planted(fewest: number, most: number): fc.Arbitrary<Planted> {
  return fc.record({
    offsetMs: fc.double({ min: -5 * hourMs, max: 5 * hourMs, noNaN: true }),
    driftPpm: fc.double({ min: -200, max: 200, noNaN: true }),
    wanderPpm: fc.double({ min: 0, max: 10, noNaN: true }),
    wanderPeriodMs: fc.constantFrom(5_000, 60_000, 600_000),
    paceMs: fc.constantFrom(20, 500, 1_000, 5_000),
    ways: fc.array(fc.tuple(way, way), { minLength: fewest, maxLength: most }),
    // Larger than what the ways and the assumed drift between two rounds can hide.
    stepMs: fc.double({ min: 400, max: 10 * hourMs, noNaN: true }).chain(ms => fc.constantFrom(ms, -ms)),
    stepShare: fc.double({ min: 0.3, max: 0.7, noNaN: true }),
  })
}

export const steadyHistory = (fewest: number, most: number) => planted(fewest, most).map(each => played(each, false))
/** Both read one clock, and yet not at the same epoch: each was calibrated by itself. */
export const sameClockHistory = (fewest: number, most: number) =>
  planted(fewest, most).map(each => played({ ...each, driftPpm: 0, wanderPpm: 0 }, false))
export const steppedHistory = (fewest: number, most: number) => planted(fewest, most).map(each => played(each, true))
