import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Process } from '../schemas/generated/types.ts'
import { type GcPauses, watchGcPauses } from './gc-pauses.ts'
import { hostNow } from './host-clock.ts'
import { columnName, type LoadLog } from './load-log.ts'

/** What a process used over the time since its reading before; null = it does not tell. */
export interface ProcessReading {
  cpu: number
  loopDelayP99Ms: number | null
  loopDelayMaxMs: number | null
  heapBytes: number | null
  rssBytes: number | null
  gc: GcPauses | null
}

export interface ProcessMeter {
  /** One reading, about once a second. */
  add(reading: ProcessReading, atMs: number): void
  figures(): Process
}

/** Mean and maximum of a process's readings; their course goes into the log. CPU does only where nobody else tells it. */
export function createProcessMeter(name: string, log: LoadLog, startedMs: number): ProcessMeter {
  let readings = 0
  let cpuSum = 0
  let lastMs = startedMs
  const highest: Process = { name, ...unknownFigures }
  const higher = (a: number | null | undefined, b: number | null) => (b === null ? (a ?? null) : Math.max(a ?? 0, b))
  const column = columnName(name)
  return {
    add({ cpu, loopDelayP99Ms, loopDelayMaxMs, heapBytes, rssBytes, gc }, atMs) {
      readings += 1
      cpuSum += cpu
      highest.cpuMax = Math.max(highest.cpuMax, cpu)
      highest.loopDelayP99Ms = higher(highest.loopDelayP99Ms, loopDelayP99Ms)
      highest.heapMaxBytes = higher(highest.heapMaxBytes, heapBytes)
      highest.rssMaxBytes = higher(highest.rssMaxBytes, rssBytes)
      if (gc) {
        highest.gcCount = (highest.gcCount ?? 0) + gc.count
        highest.gcTotalMs = (highest.gcTotalMs ?? 0) + gc.totalMs
        highest.gcLongestMs = higher(highest.gcLongestMs, gc.longestMs)
        log.add(`gc_${column}_max`, lastMs, atMs, gc.longestMs)
        log.add(`gc_${column}`, lastMs, atMs, (gc.totalMs * 1_000) / (atMs - lastMs))
      }
      if (loopDelayMaxMs !== null) log.add(`loop_${column}_max`, lastMs, atMs, loopDelayMaxMs)
      log.add(`cpu_${column}`, lastMs, atMs, cpu)
      lastMs = atMs
    },
    figures: () => ({ ...highest, cpuMean: readings === 0 ? 0 : cpuSum / readings }),
  }
}

/** Of a process that only tells what it used. */
export const unknownFigures: Omit<Process, 'name'> = {
  cpuMean: 0,
  cpuMax: 0,
  loopDelayP99Ms: null,
  heapMaxBytes: null,
  rssMaxBytes: null,
  gcCount: null,
  gcTotalMs: null,
  gcLongestMs: null,
}

/** The monitor's own timer; what it reports includes this interval. */
const resolutionMs = 10

/** Readings of this very process: CPU since the last one, event-loop delay, pauses, memory. */
export function createOwnReader(): { read(): ProcessReading; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  const gc = watchGcPauses()
  delay.enable()
  let cpu = process.cpuUsage()
  let at = hostNow()
  const aboveInterval = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs) || 0
  return {
    read() {
      const used = process.cpuUsage(cpu)
      const now = hostNow()
      const { heapUsed, rss } = process.memoryUsage()
      const reading = {
        cpu: (used.user + used.system) / 1000 / Math.max(1, now - at),
        loopDelayP99Ms: aboveInterval(delay.percentile(99)),
        loopDelayMaxMs: aboveInterval(delay.max),
        heapBytes: heapUsed,
        rssBytes: rss,
        gc: gc.read(),
      }
      cpu = process.cpuUsage()
      at = now
      delay.reset()
      return reading
    },
    stop() {
      delay.disable()
      gc.stop()
    },
  }
}
