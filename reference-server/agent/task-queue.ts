import type { Clock } from '../clock.ts'
import { createDeadlineHeap, type Waiting } from '../time/deadline-heap.ts'

export interface Task extends Waiting {
  run: () => void
}

/** The agent's planned instants on one timer; a timer that comes late runs all that is due at once. */
export interface TaskQueue {
  add(atMs: number, run: () => void): Task
  cancel(task: Task): void
  clear(): void
}

export function createTaskQueue(clock: Clock): TaskQueue {
  let heap = createDeadlineHeap<Task>()
  let cancelTimer: (() => void) | undefined
  let armedForMs = 0
  let isRunning = false

  function arm(): void {
    const first = heap.first()
    if (!first || isRunning || (cancelTimer && armedForMs <= first.queuedForMs)) return
    cancelTimer?.()
    armedForMs = first.queuedForMs
    cancelTimer = clock.at(armedForMs, wake)
  }

  function wake(): void {
    cancelTimer = undefined
    isRunning = true
    for (let first = heap.first(); first && first.queuedForMs <= clock.now(); first = heap.first()) {
      heap.remove(first)
      first.run()
    }
    isRunning = false
    arm()
  }

  return {
    add(atMs, run) {
      const task: Task = { run, queuedForMs: atMs, heapIndex: -1 }
      heap.put(task, atMs)
      arm()
      return task
    },
    cancel: task => heap.remove(task),
    clear() {
      heap = createDeadlineHeap<Task>()
      cancelTimer?.()
      cancelTimer = undefined
    },
  }
}
