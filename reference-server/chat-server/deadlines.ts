import type { Clock } from '../clock.ts'
import { createDeadlineHeap } from '../time/deadline-heap.ts'
import { nextDeadline, type Session } from './session.ts'

/**
 * All timers of a Chat Server on one timer of its clock: a session waits in the heap at most once, for its earliest
 * deadline. A deadline that moves away, as with each ping, costs nothing: the entry stays and is put right when due.
 */
export interface Deadlines {
  /** To be called when a session's deadlines may have changed. */
  update(session: Session): void
  /** Earliest deadline that is waited for. */
  next(): number | undefined
  clear(): void
}

export function createDeadlines(clock: Clock, due: (session: Session, nowMs: number) => void): Deadlines {
  let heap = createDeadlineHeap<Session>()
  let cancelTimer: (() => void) | undefined
  let armedForMs = 0

  function arm(): void {
    const first = heap.first()
    if (!first) {
      cancelTimer?.()
      cancelTimer = undefined
      return
    }
    if (cancelTimer && armedForMs <= first.queuedForMs) return
    cancelTimer?.()
    armedForMs = first.queuedForMs
    cancelTimer = clock.at(armedForMs, run)
  }

  function run(): void {
    cancelTimer = undefined
    const nowMs = clock.now()
    for (let first = heap.first(); first && first.queuedForMs <= nowMs; first = heap.first()) {
      heap.remove(first)
      due(first, nowMs)
      update(first)
    }
    arm()
  }

  function update(session: Session): void {
    const earliestMs = nextDeadline(session)
    if (earliestMs === 0) heap.remove(session)
    else if (session.heapIndex < 0 || earliestMs < session.queuedForMs) {
      heap.put(session, earliestMs)
      arm()
    }
  }

  return {
    update,
    next() {
      // Entries may be earlier than the deadline they wait for; a due entry puts itself right.
      return heap.first()?.queuedForMs
    },
    clear() {
      heap = createDeadlineHeap<Session>()
      arm()
    },
  }
}
