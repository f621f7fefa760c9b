import type { PushNotice } from '../messages.ts'
import type { CustomhttpTarget } from './customhttp-targets.ts'

export interface QueuedNotice {
  notice: PushNotice
  target: CustomhttpTarget
  /** Server time, for the age of the head. */
  queuedAtMs: number
}

/** The node's single customhttp queue (PUSH-070 ff.): FIFO over all sessions and providers (PUSH-074). */
export interface NodeQueue {
  push(entry: QueuedNotice): void
  shift(): QueuedNotice | undefined
  head(): QueuedNotice | undefined
  length(): number
  clear(): void
}

/** An array with a moving head: `Array.shift` copies the whole queue when it is long. */
export function createNodeQueue(): NodeQueue {
  let entries: (QueuedNotice | undefined)[] = []
  let first = 0
  return {
    push: entry => {
      entries.push(entry)
    },
    shift() {
      if (first === entries.length) return undefined
      const entry = entries[first]
      entries[first++] = undefined
      if (first === entries.length) {
        entries = []
        first = 0
      } else if (first > 1024 && first * 2 > entries.length) {
        entries = entries.slice(first)
        first = 0
      }
      return entry
    },
    head: () => entries[first],
    length: () => entries.length - first,
    clear() {
      entries = []
      first = 0
    },
  }
}
