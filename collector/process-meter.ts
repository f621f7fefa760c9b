import type { GcPauses } from '../process/gc-pauses.ts'
import type { ProcessFigures } from '../protocol/stream/observation.ts'
import type { Process } from '../schemas/generated/types.ts'
import { numberOr } from './json.ts'
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

/** A receiver that was started elsewhere may be an older one, that tells less. */
export function readingOf(figures: Partial<ProcessFigures>): ProcessReading {
  const { loopDelayP99Ms, loopDelayMaxMs, heapBytes, rssBytes, gcCount, gcTotalMs, gcLongestMs } = figures
  const known = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null)
  const gc = { count: numberOr(gcCount, 0), totalMs: numberOr(gcTotalMs, 0), longestMs: numberOr(gcLongestMs, 0) }
  return {
    cpu: numberOr(figures.cpu, 0),
    loopDelayP99Ms: known(loopDelayP99Ms),
    loopDelayMaxMs: known(loopDelayMaxMs),
    heapBytes: known(heapBytes),
    rssBytes: known(rssBytes),
    gc: gcCount === undefined ? null : gc,
  }
}
