import type { Rates, Round } from './round.ts'

/** How fast the peer's clock parts from ours, as far as pairs of rounds prove it. */
export interface DriftFit {
  /** Takes a round against all kept ones before it. */
  add(round: Round, kept: readonly Round[]): void
  /** Rates that hold between two instants. */
  between(aMs: number, bMs: number): Rates
  /** Middle and half width; undefined while no pair proves anything below the assumed limit. */
  read(): { ppm: number; boundPpm: number } | undefined
}

/**
 * Around a fitted drift a rate may wander by this much: crystals do by under 1 ppm a minute with temperature, NTP's loop
 * corrects by a few. What changes faster contradicts the rounds, and the fit begins anew.
 */
const wander = 10e-6

/** A drift that is less sure than this says nothing. */
const mostToldBound = 500e-6

/** @param assumed holds as long as nothing better is proven */
export function createDriftFit(assumed: Rates): DriftFit {
  let fromMs = Number.NEGATIVE_INFINITY
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  let rates = assumed

  return {
    add(round, kept) {
      for (const before of kept) {
        const ms = round.atMs - before.atMs
        if (ms <= 0 || before.atMs < fromMs) continue
        low = Math.max(low, (round.low - before.high) / ms)
        high = Math.min(high, (round.high - before.low) / ms)
      }
      // Each mean rate between two rounds lies within the wander of the drift, so two of them differ by twice that.
      if (low - high > 2 * wander) {
        fromMs = round.atMs
        low = Number.NEGATIVE_INFINITY
        high = Number.POSITIVE_INFINITY
      }
      rates = {
        low: Math.max(assumed.low, low - 2 * wander),
        high: Math.min(assumed.high, high + 2 * wander),
      }
      // Proven to be faster than assumed: then the assumption does not help.
      if (rates.low > rates.high) rates = { low: low - 2 * wander, high: high + 2 * wander }
    },
    between: (aMs, bMs) => (aMs >= fromMs && bMs >= fromMs ? rates : assumed),
    read() {
      // A drift outside of what is assumed is told as it was measured.
      const isAssumed = low - wander <= assumed.high && high + wander >= assumed.low
      const from = isAssumed ? Math.max(low - wander, assumed.low) : low - wander
      const to = isAssumed ? Math.min(high + wander, assumed.high) : high + wander
      const bound = Math.max(0, to - from) / 2
      if (!(bound < mostToldBound)) return undefined
      return { ppm: ((from + to) / 2) * 1e6, boundPpm: bound * 1e6 }
    },
  }
}
