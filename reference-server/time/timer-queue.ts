import { createDeadlineHeap, type Waiting } from './deadline-heap.ts'

interface Timer extends Waiting {
  task: () => void
}

/** Tasks by instant, for the clocks; equal instants run in the order in which they were set. */
export interface TimerQueue {
  add(atMs: number, task: () => void): () => void
  nextDue(): number | undefined
  /** @returns the task of the earliest timer that is due at `nowMs`, already taken out. */
  takeDue(nowMs: number): { atMs: number; task: () => void } | undefined
}

export function createTimerQueue(): TimerQueue {
  const heap = createDeadlineHeap<Timer>()
  // Timers of one instant share one heap entry, the head of their chain in arrival order.
  const chains = new Map<number, Timer[]>()

  return {
    add(atMs, task) {
      const timer: Timer = { queuedForMs: atMs, heapIndex: -1, task }
      const chain = chains.get(atMs)
      if (chain) chain.push(timer)
      else {
        chains.set(atMs, [timer])
        heap.put(timer, atMs)
      }
      return () => cancel(timer, atMs)
    },
    nextDue: () => heap.first()?.queuedForMs,
    takeDue(nowMs) {
      const timer = heap.first()
      if (!timer || timer.queuedForMs > nowMs) return undefined
      const atMs = timer.queuedForMs
      cancel(timer, atMs)
      return { atMs, task: timer.task }
    },
  }

  function cancel(timer: Timer, atMs: number): void {
    const chain = chains.get(atMs)
    const index = chain?.indexOf(timer) ?? -1
    if (!chain || index < 0) return
    chain.splice(index, 1)
    heap.remove(timer)
    if (chain.length === 0) chains.delete(atMs)
    else if (index === 0) heap.put(chain[0]!, atMs)
  }
}
