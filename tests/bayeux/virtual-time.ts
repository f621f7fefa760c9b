import type { Clock } from '../../reference-server/clock.ts'

/** Time of a whole world of clients, networks and servers: it passes as fast as there is something to do. */
export interface VirtualTime extends Clock {
  after(ms: number, task: () => void): () => void
  /** Runs all that is due up to then, in order; what comes of it, too. */
  run(untilMs: number): void
}

interface Entry {
  atMs: number
  number: number
  task: (() => void) | undefined
}

export function createVirtualTime(): VirtualTime {
  let nowMs = 0
  let count = 0
  const entries: Entry[] = []
  const at = (atMs: number, task: () => void) => {
    const entry: Entry = { atMs: Math.max(atMs, nowMs), number: ++count, task }
    // Few enough that a sorted list is quick.
    let place = entries.length
    while (place > 0 && entries[place - 1]!.atMs > entry.atMs) place--
    entries.splice(place, 0, entry)
    return () => {
      entry.task = undefined
    }
  }
  return {
    now: () => nowMs,
    at,
    after: (ms, task) => at(nowMs + ms, task),
    run(untilMs) {
      for (let next = entries[0]; next && next.atMs <= untilMs; next = entries[0]) {
        entries.shift()
        nowMs = next.atMs
        next.task?.()
      }
      nowMs = untilMs
    },
  }
}
