/** The wall clock went another way than the clock that stamps. */
export interface WallClockJump {
  /** By the stamping clock: it happened after the one reading and before the other. */
  atMs: number
  untilMs: number
  /** Above 0: the wall clock is ahead of before. */
  byMs: number
}

export interface WallClockWatch {
  /** About once a second. */
  tick(): void
  jumps(): readonly WallClockJump[]
}

/** NTP slews both clocks alike; the steps between two readings are a thousandth of this. */
const leastJumpMs = 100
const mostJumps = 20

/**
 * While a machine sleeps all monotonic clocks on it stand still together: no process finds the others changed, and the
 * time is missing in every figure. Only the wall clock goes on, as it also does alone when somebody sets it.
 */
export function createWallClockWatch(clocks: { wall(): number; host(): number }): WallClockWatch {
  const jumps: WallClockJump[] = []
  const read = () => {
    const atMs = clocks.host()
    return { atMs, aheadMs: clocks.wall() - atMs }
  }
  let last = read()
  return {
    tick() {
      const now = read()
      const byMs = now.aheadMs - last.aheadMs
      if (Math.abs(byMs) > leastJumpMs && jumps.length < mostJumps)
        jumps.push({ atMs: last.atMs, untilMs: now.atMs, byMs })
      last = now
    },
    jumps: () => jumps,
  }
}

/** One sentence each, for those from the beginning of the run on. */
export function wallClockTexts(jumps: readonly WallClockJump[], startMs: number): string[] {
  return jumps
    .filter(({ untilMs }) => untilMs > startMs)
    .map(({ atMs, byMs }) => {
      const second = Math.max(0, Math.floor((atMs - startMs) / 1_000))
      const size =
        Math.abs(byMs) >= 1_000 ? `${Math.round(Math.abs(byMs) / 1_000)} s` : `${Math.round(Math.abs(byMs))} ms`
      return byMs < 0
        ? `the clock of the machine was set back by ${size} at second ${second}`
        : `the machine slept or its clock was set: ${size} at second ${second} were not measured`
    })
}
