/** How often it is looked whether time passed by this process. */
const lookEveryMs = 50

export interface StandstillWatch {
  /** From now on. @returns asks for the longest time since in which this process did nothing that it had to do, ms. */
  begin(): () => number
  stop(): void
}

/** Tells when this process was stopped, waited for a core, or slept with its machine: its own clock jumps. */
export function watchStandstill(now: () => number = () => performance.now()): StandstillWatch {
  const begun = new Set<{ longestMs: number }>()
  let lastMs = now()
  const look = () => {
    const missedMs = now() - lastMs - lookEveryMs
    for (const each of begun) each.longestMs = Math.max(each.longestMs, missedMs)
    lastMs = now()
  }
  const timer = setInterval(look, lookEveryMs)
  // Nobody waits for it.
  timer.unref()
  return {
    begin() {
      look()
      const own = { longestMs: 0 }
      begun.add(own)
      return () => {
        // A standstill that ends with the story has not been looked at yet.
        look()
        begun.delete(own)
        return own.longestMs
      }
    },
    stop: () => clearInterval(timer),
  }
}
