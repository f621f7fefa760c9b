/** Time as every part of the reference server sees it; injected, so that 30-minute pings are tested in seconds. */
export interface Clock {
  /** Epoch milliseconds of the server's own time (scaled or frozen with it). */
  now(): number
  /** Runs `task` when `now()` has reached `atMs`, never synchronously. @returns cancels it. */
  at(atMs: number, task: () => void): () => void
}

/** Host time for stamps that are compared with other processes: never scaled, never frozen. */
export function hostNow(): number {
  return timeOriginMs + performance.now()
}

/** Constant, but a getter that costs more than the clock itself. */
const timeOriginMs = performance.timeOrigin
