import type { ManualClock } from '../actors.ts'
import { createTimerQueue } from './timer-queue.ts'

/** Time that moves only by `advance`: a day of timers runs in a test's millisecond. */
export function createManualClock(startMs = 1_800_000_000_000): ManualClock {
  const timers = createTimerQueue()
  let nowMs = startMs
  return {
    now: () => nowMs,
    at: (atMs, task) => timers.add(Math.max(atMs, nowMs), task),
    nextDue: () => timers.nextDue(),
    advance(ms) {
      const untilMs = nowMs + ms
      for (let due = timers.takeDue(untilMs); due; due = timers.takeDue(untilMs)) {
        nowMs = Math.max(nowMs, due.atMs)
        due.task()
      }
      nowMs = Math.max(nowMs, untilMs)
    },
  }
}
