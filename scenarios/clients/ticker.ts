import { longestRestMs } from '../load/loop-gaps.ts'

/**
 * The one timer of a VU: a grid of ticks that corrects itself, and conditions that are looked at on each of them. Ticks
 * with nothing to do are left out: each wakes a core, which costs more than the work of most ticks.
 */
export interface Ticker {
  /** Resolves true as soon as the condition holds, false after `limitMs`. */
  until(condition: (nowMs: number) => boolean, limitMs: number): Promise<boolean>
  stop(): void
}

export function startTicker(settings: {
  tickMs: number
  now(): number
  /** @returns until when there is nothing to do. */
  tick(nowMs: number): number
  failed(message: string): void
}): Ticker {
  const { tickMs, now } = settings
  const startMs = now()
  let stopped = false
  const conditions: { holds(nowMs: number): boolean; limitMs: number; done(held: boolean): void }[] = []

  function turn() {
    if (stopped) return
    const nowMs = now()
    let nextMs = nowMs
    try {
      nextMs = settings.tick(nowMs)
      look(nowMs)
    } catch (error) {
      settings.failed(String((error as Error).stack ?? error))
    }
    // setInterval would add the time of the work to each round.
    const afterMs = now()
    const gridMs = startMs + (Math.floor((afterMs - startMs) / tickMs) + 1) * tickMs
    // It never rests long: for the conditions, and for what is done every now and then.
    setTimeout(turn, Math.max(gridMs, Math.min(nextMs, nowMs + longestRestMs)) - afterMs)
  }

  function look(nowMs: number) {
    for (let i = conditions.length - 1; i >= 0; i--) if (isDone(conditions[i]!, nowMs)) conditions.splice(i, 1)
  }

  function isDone(condition: (typeof conditions)[number], nowMs: number): boolean {
    const held = condition.holds(nowMs)
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
