import { emptyHistogram, type LatencyCell } from '../latency-cell.ts'

/**
 * Upper bounds of the buckets, seconds: seven a decade from 0.1 ms, where a POST on loopback begins, to 100 s, where most
 * waits for a push have ended. Neighbours differ by a factor of 1.5 at most, so that a quantile which Prometheus interpolates
 * is off by less than that; and the usual limits (20, 50, 100, 200, 500 ms, 1 s, 10 s) are bounds, so that the share below
 * them is exact. They are the same in each run, so that runs can be added.
 */
export const latencyBoundsSeconds: readonly number[] = [
  ...[-4, -3, -2, -1, 0, 1].flatMap(decade => [1, 1.5, 2, 3, 4, 5, 7].map(step => Number(`${step}e${decade}`))),
  100,
]

export interface LatencyBuckets {
  /** By bound: how many are at most so late. */
  atMost: number[]
  /** Those above the last bound, too. */
  count: number
  sumSeconds: number
}

/** Every histogram of the library but the WebAssembly one has them; its types do not say so. */
interface Slots {
  countsArrayLength: number
  getCountAtIndex(index: number): number
  valueFromIndex(index: number): number
}

/** What overflows an hour is at least so late. */
const overflowSeconds = 3_600

let firstAbove: readonly number[] | undefined

/** By bound: the first slot that begins above it; slots are a thousandth wide. All histograms have the same ones. */
function slotsOfBounds(): readonly number[] {
  const slots = emptyHistogram() as unknown as Slots
  let slot = 0
  return latencyBoundsSeconds.map(bound => {
    const us = Math.round(bound * 1e6)
    while (slot < slots.countsArrayLength && slots.valueFromIndex(slot) <= us) slot += 1
    return slot
  })
}

/** One pass over the counts; nothing is kept for it while the run goes on. */
export function latencyBuckets(cell: LatencyCell | undefined): LatencyBuckets {
  firstAbove ??= slotsOfBounds()
  if (!cell) return { atMost: firstAbove.map(() => 0), count: 0, sumSeconds: 0 }
  const { histogram, sumUs, uncertain, overflow } = cell
  const slots = histogram as unknown as Slots
  const total = histogram.totalCount
  let found = 0
  let slot = 0
  const atMost = firstAbove.map(end => {
    while (slot < end && found < total) {
      found += slots.getCountAtIndex(slot)
      slot += 1
    }
    return found
  })
  return { atMost, count: total + overflow, sumSeconds: (sumUs + uncertain.sumUs) / 1e6 + overflow * overflowSeconds }
}
