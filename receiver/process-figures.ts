import { monitorEventLoopDelay } from 'node:perf_hooks'
import { hostNow } from './host-clock.ts'

/** What the receiver itself costs and how late its loop is: when it is the bottleneck, the run is invalid, never slow. */
export interface ProcessFigures {
  cpu: number
  loopDelayP99Ms: number
  loopDelayMaxMs: number
  heapBytes: number
}

/** The monitor's own timer; what it reports includes this interval. */
const resolutionMs = 10

export function createProcessMeter(): { read(): ProcessFigures; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  let lastCpu = process.cpuUsage()
  let lastAt = hostNow()
  const aboveInterval = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs) || 0
  return {
    /** Over the time since the last reading. */
    read() {
      const used = process.cpuUsage(lastCpu)
      const at = hostNow()
      const figures = {
        cpu: (used.user + used.system) / 1000 / Math.max(1, at - lastAt),
        loopDelayP99Ms: aboveInterval(delay.percentile(99)),
        loopDelayMaxMs: aboveInterval(delay.max),
        heapBytes: process.memoryUsage().heapUsed,
      }
      lastCpu = process.cpuUsage()
      lastAt = at
      delay.reset()
      return figures
    },
    stop: () => void delay.disable(),
  }
}
