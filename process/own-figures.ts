import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ProcessFigures } from '../protocol/stream/observation.ts'
import { watchGcPauses } from './gc-pauses.ts'
import { hostNow } from './host-clock.ts'

/** What only the process itself knows of its load. */
export interface OwnFigures {
  /** Over the time since the last reading. */
  read(): ProcessFigures
  stop(): void
}

/** The monitor's own timer; what it reports includes this interval. */
const resolutionMs = 10

/** Watches this very process: one of ours that is the bottleneck makes a run invalid, never the target slow. */
export function watchOwnFigures(): OwnFigures {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  const gc = watchGcPauses()
  delay.enable()
  let lastCpu = process.cpuUsage()
  let lastAt = hostNow()
  const aboveInterval = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs) || 0
  return {
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
