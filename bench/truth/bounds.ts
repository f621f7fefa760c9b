import type { Percentile } from './quantile.ts'

/** How far a measured percentile may be from the truth: the larger of a share of the truth and a time. */
export interface Bound {
  share: number
  ms: number
}

export type Bounds = Partial<Record<Percentile, Bound>>

/** What the project promises for planted latency. */
export const plantedBounds: Bounds = {
  50: { share: 0.01, ms: 1 },
  90: { share: 0.01, ms: 1 },
  99: { share: 0.02, ms: 5 },
}

const stalled: Bound = { share: 0.03, ms: 5 }
/** A process that stood still for 10 s. The time is for what did not meet the stall and takes some milliseconds. */
export const stallBounds: Bounds = { 50: stalled, 90: stalled, 99: stalled }

/** One that stood still for 0.8 s; what piled up meanwhile takes some milliseconds more. Who did not meet it knows nothing of it. */
export const shortStallBounds: Bounds = {
  50: { share: 0.01, ms: 1 },
  90: stalled,
  99: { share: 0.03, ms: 25 },
}

/** @returns undefined where the percentile is only shown. */
export function allowedMs(bounds: Bounds, percentile: Percentile, truthMs: number): number | undefined {
  const bound = bounds[percentile]
  return bound && Math.max(bound.share * truthMs, bound.ms)
}

export function isWithin(bounds: Bounds, percentile: Percentile, truthMs: number, measuredMs: number | null): boolean {
  const allowed = allowedMs(bounds, percentile, truthMs)
  // Not enough samples is no agreement.
  return allowed === undefined || (measuredMs !== null && Math.abs(measuredMs - truthMs) <= allowed)
}
