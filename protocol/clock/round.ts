/** Milliseconds, as all of these: peer − ours lies between both. */
export interface Interval {
  low: number
  high: number
}

/** What one exchange proves about the peer's clock at an instant of ours. */
export interface Round extends Interval {
  sentMs: number
  receivedMs: number
  atMs: number
}

/** How fast peer − ours may change, ms per ms. */
export interface Rates {
  low: number
  high: number
}

/**
 * How fast two clocks may part while nothing better is known: NTP slews a clock by at most 500 ppm (the kernel's limit),
 * and crystals alone differ by less than 100.
 */
const assumedDrift = 500e-6
export const assumedRates: Rates = { low: -assumedDrift, high: assumedDrift }

/** Of one host all monotonic clocks are the same one; what is left comes from adding up doubles. */
const sameHostDrift = 1e-6
export const sameHostRates: Rates = { low: -sameHostDrift, high: sameHostDrift }

/** Epoch milliseconds in a double step by 0.24 µs, and k6's clock is calibrated to about 1 µs. */
const stampSlackMs = 0.002

/**
 * The peer took its stamp at some instant between our two, so peer − ours was at least peer − received and at most
 * peer − sent. Nothing is said about the middle: the ways there and back may differ as they like.
 * @returns undefined for what cannot be: an answer before the question, or no number.
 */
export function roundOf(sentMs: number, peerMs: number, receivedMs: number): Round | undefined {
  const tripMs = receivedMs - sentMs
  if (!(tripMs >= 0) || !Number.isFinite(peerMs) || !Number.isFinite(tripMs)) return undefined
  const slackMs = stampSlackMs + (assumedDrift * tripMs) / 2
  return {
    sentMs,
    receivedMs,
    atMs: sentMs + tripMs / 2,
    low: peerMs - receivedMs - slackMs,
    high: peerMs - sentMs + slackMs,
  }
}

/** What a round still proves at another instant, before or after it. */
export function coneAt(round: Round, atMs: number, rates: Rates): Interval {
  const ms = atMs - round.atMs
  const [slow, fast] = ms >= 0 ? [rates.low, rates.high] : [rates.high, rates.low]
  return { low: round.low + slow * ms, high: round.high + fast * ms }
}

export function widthOf({ low, high }: Interval): number {
  return high - low
}

export function agree(a: Interval, b: Interval): boolean {
  return a.low <= b.high && b.low <= a.high
}

export function hull(a: Interval, b: Interval): Interval {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) }
}
