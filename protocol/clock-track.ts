import { createDriftFit } from './clock/drift-fit.ts'
import { createKeptRounds } from './clock/kept-rounds.ts'
import {
  agree,
  assumedRates,
  coneAt,
  hull,
  type Interval,
  type Rates,
  type Round,
  roundOf,
  widthOf,
} from './clock/round.ts'

/** peer − ours, and what its error cannot exceed. */
export interface ClockReading {
  offsetMs: number
  boundMs: number
}

export interface ClockStep {
  /** On our clock: the first round that showed it. */
  atMs: number
  /** Above 0: the peer's clock was set forward, or ours back. */
  byMs: number
}

/** A peer's clock against ours over a whole run, from rounds of `c,<t1>` → `c,<t1>,<t2>`. Its state does not grow. */
export interface ClockTrack {
  /** @returns the step that this round has confirmed. */
  add(sentMs: number, peerMs: number, receivedMs: number): ClockStep | undefined
  /** At any instant of our clock; undefined before the first round. */
  at(atMs: number): ClockReading | undefined
  /** Since the last step; undefined while the run is too short to tell. */
  drift(): { ppm: number; boundPpm: number } | undefined
  rounds(): number
  steps(): readonly ClockStep[]
}

/** The clock between two steps: from when the first round after one was there to when the last one before the next was sent. */
interface Stretch {
  fromMs: number
  toMs: number
  kept: ReturnType<typeof createKeptRounds>
  fit: ReturnType<typeof createDriftFit>
}

/** Of a clock that steps more often, the first steps are told and the last stretches known. */
const mostSteps = 20
const mostStretches = 4

/**
 * Each round proves an interval; between rounds it widens by what drift can do; where all of them overlap the offset
 * lies. A round that overlaps with nothing that drift explains is a step, once a second round agrees with it.
 * @param assumed how fast the clocks may part where no fit says it better
 */
export function createClockTrack(assumed: Rates = assumedRates): ClockTrack {
  let stretches: Stretch[] = []
  let suspect: Round | undefined
  let rounds = 0
  const steps: ClockStep[] = []

  function begin(...first: Round[]): void {
    const stretch = {
      fromMs: first[0]!.receivedMs,
      toMs: first[0]!.sentMs,
      kept: createKeptRounds(),
      fit: createDriftFit(assumed),
    }
    stretches = [...stretches, stretch].slice(-mostStretches)
    for (const round of first) extend(stretch, round)
  }

  function add(sentMs: number, peerMs: number, receivedMs: number): ClockStep | undefined {
    const round = roundOf(sentMs, peerMs, receivedMs)
    if (!round) return undefined
    rounds++
    const stretch = stretches.at(-1)
    if (!stretch) {
      begin(round)
      return undefined
    }
    const fits = agree(round, assumedAt(stretch, round.atMs, assumed))
    if (!suspect) {
      if (fits) extend(stretch, round)
      else suspect = round
      return undefined
    }
    const agreesWithSuspect = agree(round, coneAt(suspect, round.atMs, assumed))
    // So wide that it fits both: it tells nothing.
    if (fits && agreesWithSuspect) return undefined
    const first = suspect
    suspect = undefined
    if (fits) {
      extend(stretch, round)
      return undefined
    }
    if (!agreesWithSuspect) {
      suspect = round
      return undefined
    }
    const step = { atMs: first.atMs, byMs: middle(first) - middle(intervalAt(stretch, first.atMs)) }
    if (steps.length < mostSteps) steps.push(step)
    begin(first, round)
    return step
  }

  function at(atMs: number): ClockReading | undefined {
    const last = stretches.at(-1)
    if (!last) return undefined
    if (suspect && atMs > last.toMs) {
      return readingOf(hull(intervalAt(last, atMs), coneAt(suspect, atMs, assumed)))
    }
    for (let i = stretches.length - 1; i >= 0; i--) {
      const stretch = stretches[i]!
      const before = stretches[i - 1]
      if (!before || atMs >= stretch.fromMs) return readingOf(intervalAt(stretch, atMs))
      // Somewhere between its last round of before and its first of after the clock was set.
      if (atMs > before.toMs) return readingOf(hull(intervalAt(before, atMs), intervalAt(stretch, atMs)))
    }
    return undefined
  }

  return {
    add,
    at,
    drift: () => stretches.at(-1)?.fit.read(),
    rounds: () => rounds,
    steps: () => steps,
  }
}

function extend(stretch: Stretch, round: Round): void {
  stretch.fit.add(round, stretch.kept.all())
  stretch.kept.add(round)
  stretch.toMs = Math.max(stretch.toMs, round.sentMs)
}

/** With the fitted drift. */
function intervalAt({ kept, fit }: Stretch, atMs: number): Interval {
  return overlap(kept.all(), atMs, round => fit.between(round.atMs, atMs))
}

/** With nothing but the assumed limit: what contradicts this is no drift. */
function assumedAt({ kept }: Stretch, atMs: number, assumed: Rates): Interval {
  return overlap(kept.all(), atMs, () => assumed)
}

function overlap(rounds: readonly Round[], atMs: number, ratesOf: (round: Round) => Rates): Interval {
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  // coneAt without its objects: this is done some thousand times a second.
  for (let i = 0; i < rounds.length; i++) {
    const round = rounds[i]!
    const rates = ratesOf(round)
    const ms = atMs - round.atMs
    const from = round.low + (ms >= 0 ? rates.low : rates.high) * ms
    const to = round.high + (ms >= 0 ? rates.high : rates.low) * ms
    if (from > low) low = from
    if (to < high) high = to
  }
  if (low <= high) return { low, high }
  // A rate that wandered a little more than allowed: no less wide than what the best round alone proves.
  const slackMs = Math.min(...rounds.map(widthOf)) / 2
  return { low: high - slackMs, high: low + slackMs }
}

function middle({ low, high }: Interval): number {
  return (low + high) / 2
}

function readingOf(interval: Interval): ClockReading {
  return { offsetMs: middle(interval), boundMs: widthOf(interval) / 2 }
}
