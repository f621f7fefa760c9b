import { PerformanceObserver } from 'node:perf_hooks'

export interface GcPauses {
  count: number
  totalMs: number
  longestMs: number
}

/** The pauses of this process's garbage collector since the last reading. */
export function watchGcPauses(): { read(): GcPauses; stop(): void } {
  let pauses: GcPauses = { count: 0, totalMs: 0, longestMs: 0 }
  const observer = new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) {
      pauses.count += 1
      pauses.totalMs += duration
      pauses.longestMs = Math.max(pauses.longestMs, duration)
    }
  })
  observer.observe({ entryTypes: ['gc'] })
  return {
    read() {
      const read = pauses
      pauses = { count: 0, totalMs: 0, longestMs: 0 }
      return read
    },
    stop: () => observer.disconnect(),
  }
}
