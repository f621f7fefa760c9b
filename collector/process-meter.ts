import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Process } from '../schemas/generated/types.ts'

export interface ProcessMeter {
  /** One reading, about once a second. */
  add(reading: { cpu: number; loopDelayP99Ms: number | null; heapBytes: number | null }): void
  figures(): Process
}

/** Mean and maximum of a process's readings. */
export function createProcessMeter(name: string): ProcessMeter {
  let readings = 0
  let cpuSum = 0
  const highest: Process = { name, cpuMean: 0, cpuMax: 0, loopDelayP99Ms: null, heapMaxBytes: null }
  const higher = (a: number | null, b: number | null) => (b === null ? a : Math.max(a ?? 0, b))
  return {
    add({ cpu, loopDelayP99Ms, heapBytes }) {
      readings += 1
      cpuSum += cpu
      highest.cpuMax = Math.max(highest.cpuMax, cpu)
      highest.loopDelayP99Ms = higher(highest.loopDelayP99Ms, loopDelayP99Ms)
      highest.heapMaxBytes = higher(highest.heapMaxBytes, heapBytes)
    },
    figures: () => ({ ...highest, cpuMean: readings === 0 ? 0 : cpuSum / readings }),
  }
}

/** The monitor's own timer; what it reports includes this interval. */
const resolutionMs = 10

/** Readings of this very process: CPU since the last one, event-loop delay, heap. */
export function createOwnReader(): { read(): Parameters<ProcessMeter['add']>[0]; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  let cpu = process.cpuUsage()
  let at = performance.now()
  return {
    read() {
      const used = process.cpuUsage(cpu)
      const now = performance.now()
      const reading = {
        cpu: (used.user + used.system) / 1000 / Math.max(1, now - at),
        loopDelayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - resolutionMs),
        heapBytes: process.memoryUsage().heapUsed,
      }
      cpu = process.cpuUsage()
      at = now
      delay.reset()
      return reading
    },
    stop: () => void delay.disable(),
  }
}
