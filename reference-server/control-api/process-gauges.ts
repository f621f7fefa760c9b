import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'

/** What the process of the reference server uses, and how long it was held up, over its life so far. */
export interface ProcessGauges {
  heapBytes: number
  rssBytes: number
  cpuSeconds: number
  loopDelayP99Ms: number
  loopDelayMaxMs: number
  /** Pauses of the garbage collector. */
  gcCount: number
  gcTotalMs: number
  gcLongestMs: number
}

/** The monitor's own timer; what it reports includes this interval. */
const resolutionMs = 10

export function watchProcess(): { read(): ProcessGauges; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  const gc = { gcCount: 0, gcTotalMs: 0, gcLongestMs: 0 }
  const observer = new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) {
      gc.gcCount += 1
      gc.gcTotalMs += duration
      gc.gcLongestMs = Math.max(gc.gcLongestMs, duration)
    }
  })
  observer.observe({ entryTypes: ['gc'] })
  const aboveInterval = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs) || 0
  return {
    read() {
      const { heapUsed, rss } = process.memoryUsage()
      const { user, system } = process.cpuUsage()
      return {
        heapBytes: heapUsed,
        rssBytes: rss,
        cpuSeconds: (user + system) / 1e6,
        loopDelayP99Ms: aboveInterval(delay.percentile(99)),
        loopDelayMaxMs: aboveInterval(delay.max),
        ...gc,
      }
    },
    stop() {
      delay.disable()
      observer.disconnect()
    },
  }
}
