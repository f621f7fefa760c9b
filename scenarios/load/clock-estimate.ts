/**
 * What a shard itself needs of a peer's clock while it runs: when a push was received, on its own clock. Cheap, for a VU;
 * the collector gets the raw rounds and tracks drift and steps (protocol/clock-track.ts).
 */
export interface ClockEstimate {
  add(sentMs: number, peerMs: number, receivedMs: number): void
  /** peer − ours, 0 while it lies inside its bound: then it is noise, and both may well read the same clock. */
  offsetMs(): number
  /** What the error of `offsetMs` cannot exceed; undefined before the first round. */
  boundMs(nowMs: number): number | undefined
}

/**
 * A round says the less the older it is. NTP slews a clock by at most 500 ppm; the clocks of one host are the same one, and
 * what is left comes from adding up doubles.
 */
const driftElsewhere = 500e-6
const driftHere = 1e-6

/** @param isHere the peer runs on our own host */
export function createClockEstimate(isHere = false): ClockEstimate {
  const assumedDrift = isHere ? driftHere : driftElsewhere
  let best: { offsetMs: number; boundMs: number; atMs: number } | undefined
  let appliedMs = 0
  const grown = (atMs: number) => best!.boundMs + Math.max(0, atMs - best!.atMs) * assumedDrift
  return {
    add(sentMs, peerMs, receivedMs) {
      const boundMs = (receivedMs - sentMs) / 2
      if (!(boundMs >= 0) || !Number.isFinite(peerMs)) return
      const offsetMs = peerMs - (sentMs + receivedMs) / 2
      // Too far off for both to be true: one of the clocks was set.
      const isOutdated = best && Math.abs(offsetMs - best.offsetMs) > boundMs + grown(receivedMs)
      if (best && !isOutdated && boundMs > grown(receivedMs)) return
      best = { offsetMs, boundMs, atMs: receivedMs }
      appliedMs = Math.abs(offsetMs) > boundMs ? offsetMs : 0
    },
    offsetMs: () => appliedMs,
    boundMs: nowMs => best && grown(nowMs) + Math.abs(best.offsetMs - appliedMs),
  }
}
