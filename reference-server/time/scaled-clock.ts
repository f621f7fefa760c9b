import type { SteeredClock } from '../actors.ts'
import { type Clock, hostNow } from '../clock.ts'
import { createRealClock } from './real-clock.ts'
import { createTimerQueue } from './timer-queue.ts'

/** Runs `factor` times as fast as the host's clock; can be frozen, resumed and advanced (control API). */
export function createScaledClock(options: { factor: number; startMs?: number; host?: Clock }): SteeredClock {
  const { factor } = options
  const host = options.host ?? createRealClock()
  const timers = createTimerQueue()
  let baseHostMs = host.now()
  let baseMs = options.startMs ?? hostNow()
  let frozen = false
  /** Set while a due timer runs: it sees its own instant, like under the manual clock. */
  let instantMs: number | undefined
  let cancelWait: (() => void) | undefined

  const now = () => instantMs ?? (frozen ? baseMs : baseMs + (host.now() - baseHostMs) * factor)

  function rebase(ms: number): void {
    baseMs = ms
    baseHostMs = host.now()
  }

  function wait(): void {
    cancelWait?.()
    cancelWait = undefined
    const dueMs = timers.nextDue()
    if (frozen || dueMs === undefined) return
    cancelWait = host.at(host.now() + Math.max(0, dueMs - now()) / factor, () => {
      runUntil(now())
      wait()
    })
  }

  function runUntil(untilMs: number): void {
    for (let due = timers.takeDue(untilMs); due; due = timers.takeDue(untilMs)) {
      instantMs = due.atMs
      try {
        due.task()
      } finally {
        instantMs = undefined
      }
    }
  }

  return {
    factor,
    get frozen() {
      return frozen
    },
    now,
    at(atMs, task) {
      const cancel = timers.add(atMs, task)
      if (timers.nextDue() === atMs && instantMs === undefined) wait()
      return cancel
    },
    nextDue: () => timers.nextDue(),
    freeze() {
      if (frozen) return
      rebase(now())
      frozen = true
      wait()
    },
    resume() {
      if (!frozen) return
      frozen = false
      rebase(baseMs)
      wait()
    },
    advance(ms) {
      const untilMs = now() + ms
      runUntil(untilMs)
      rebase(untilMs)
      wait()
    },
  }
}
