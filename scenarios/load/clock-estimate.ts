/** Estimate of a peer's clock against ours from rounds of `c,<t1>` → `c,<t1>,<t2>`. */
export interface ClockEstimate {
  /** @returns true when the estimate became better. */
  add(sentMs: number, peerMs: number, receivedMs: number): boolean
  /** peer − ours, and half of the least round trip, which the error cannot exceed; undefined before the first round. */
  read(): { offsetMs: number; boundMs: number; rounds: number } | undefined
}

/** Clocks drift: a round that was good minutes ago says nothing about now. */
const keptMs = 120_000

export function createClockEstimate(): ClockEstimate {
  let rounds = 0
  let best: { offsetMs: number; boundMs: number; atMs: number } | undefined
  return {
    add(sentMs, peerMs, receivedMs) {
      const boundMs = (receivedMs - sentMs) / 2
      if (!(boundMs >= 0) || !Number.isFinite(peerMs)) return false
      rounds++
      if (best && boundMs >= best.boundMs && receivedMs - best.atMs < keptMs) return false
      best = { offsetMs: peerMs - (sentMs + receivedMs) / 2, boundMs, atMs: receivedMs }
      return true
    },
    read: () => best && { offsetMs: best.offsetMs, boundMs: best.boundMs, rounds },
  }
}
