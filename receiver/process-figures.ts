import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ReceiverFigures } from '../protocol/stream/observation.ts'
import { watchGcPauses } from './gc-pauses.ts'
import { hostNow } from './host-clock.ts'

/** The monitor's own timer; what it reports includes this interval. */
const resolutionMs = 10

/** What the receiver itself costs and how late its loop is: when it is the bottleneck, the run is invalid, never slow. */
export function createProcessMeter(): { read(): ReceiverFigures; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  const gc = watchGcPauses()
  delay.enable()
  let lastCpu = process.cpuUsage()
  let lastAt = hostNow()
  const aboveInterval = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs) || 0
  return {
    /** Over the time since the last reading. */
    read() {
      const used = process.cpuUsage(lastCpu)
      const at = hostNow()
      const { heapUsed, rss } = process.memoryUsage()
      const pauses = gc.read()
      const figures = {
        cpu: (used.user + used.system) / 1000 / Math.max(1, at - lastAt),
        loopDelayP99Ms: aboveInterval(delay.percentile(99)),
        loopDelayMaxMs: aboveInterval(delay.max),
        heapBytes: heapUsed,
        rssBytes: rss,
        gcCount: pauses.count,
        gcTotalMs: pauses.totalMs,
        gcLongestMs: pauses.longestMs,
      }
      lastCpu = process.cpuUsage()
      lastAt = at
      delay.reset()
      return figures
    },
    stop() {
      delay.disable()
      gc.stop()
    },
  }
}
