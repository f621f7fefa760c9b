/** The one timer of a VU: a grid of ticks that corrects itself, and conditions that are looked at on each of them. */
export interface Ticker {
  /** Resolves true as soon as the condition holds, false after `limitMs`. */
  until(condition: () => boolean, limitMs: number): Promise<boolean>
  stop(): void
}

export function startTicker(settings: {
  tickMs: number
  now(): number
  tick(nowMs: number): void
  failed(message: string): void
}): Ticker {
  const { tickMs, now } = settings
  const startMs = now()
  let stopped = false
  let conditions: { holds(): boolean; limitMs: number; done(held: boolean): void }[] = []

  function turn() {
    if (stopped) return
    const nowMs = now()
    try {
      settings.tick(nowMs)
      if (conditions.length > 0) conditions = conditions.filter(each => !isDone(each, nowMs))
    } catch (error) {
      settings.failed(String((error as Error).stack ?? error))
    }
    // setInterval would add the time of the work to each round.
    const afterMs = now()
    setTimeout(turn, startMs + (Math.floor((afterMs - startMs) / tickMs) + 1) * tickMs - afterMs)
  }

  function isDone(condition: (typeof conditions)[number], nowMs: number): boolean {
    const held = condition.holds()
    if (!held && nowMs < condition.limitMs) return false
    condition.done(held)
    return true
  }

  turn()
  return {
    until: (holds, limitMs) =>
      new Promise(done => {
        conditions.push({ holds, limitMs: now() + limitMs, done })
      }),
    stop() {
      stopped = true
    },
  }
}
