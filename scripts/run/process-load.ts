import { readFileSync } from 'node:fs'
import { columnName, type LoadLog } from '../../collector/load-log.ts'
import { unknownFigures } from '../../collector/process-meter.ts'
import type { Process } from '../../schemas/generated/types.ts'

/** CPU and memory of processes of this host, and CPU of the whole machine: the kernel's own counts cost them nothing. */
export interface ProcessLoad {
  /** Reads all of them once. */
  read(): void
  /** The machine is the last row. */
  figures(): Process[]
}

/** USER_HZ of Linux: fixed at 100 for /proc on every supported platform. */
const ticksPerSecond = 100
/** Also fixed where the supported platforms run. */
const pageBytes = 4_096

/** What one reading of the kernel's books says; undefined where there are none or the process is gone. */
export interface KernelBooks {
  process(pid: number): { cpuSeconds: number; rssBytes: number } | undefined
  machine(): { cpuSeconds: number } | undefined
}

interface Row {
  name: string
  read(): { cpuSeconds: number; rssBytes?: number } | undefined
  first?: { atMs: number; cpuSeconds: number }
  last?: { atMs: number; cpuSeconds: number }
  cpuMax: number
  rssMaxBytes: number | null
}

export function watchProcessLoad(
  pids: Record<string, number>,
  log: LoadLog,
  nowMs: () => number,
  books: KernelBooks = procBooks,
): ProcessLoad {
  const row = (name: string, read: Row['read']): Row => ({ name, read, cpuMax: 0, rssMaxBytes: null })
  const rows = [
    ...Object.entries(pids).map(([name, pid]) => row(name, () => books.process(pid))),
    row('machine', books.machine),
  ]
  return {
    read() {
      const atMs = nowMs()
      for (const each of rows) {
        const read = each.read()
        if (!read) continue
        const { cpuSeconds, rssBytes } = read
        if (rssBytes !== undefined) each.rssMaxBytes = Math.max(each.rssMaxBytes ?? 0, rssBytes)
        each.first ??= { atMs, cpuSeconds }
        if (each.last && atMs > each.last.atMs) {
          const cores = ((cpuSeconds - each.last.cpuSeconds) * 1000) / (atMs - each.last.atMs)
          each.cpuMax = Math.max(each.cpuMax, cores)
          log.add(`cpu_${columnName(each.name)}`, each.last.atMs, atMs, cores)
        }
        each.last = { atMs, cpuSeconds }
      }
    },
    figures: () =>
      rows.flatMap(({ name, first, last, cpuMax, rssMaxBytes }) => {
        if (!first || !last || last.atMs <= first.atMs) return []
        const cpuMean = ((last.cpuSeconds - first.cpuSeconds) * 1000) / (last.atMs - first.atMs)
        return { name, ...unknownFigures, cpuMean, cpuMax, rssMaxBytes }
      }),
  }
}

const procBooks: KernelBooks = {
  process(pid) {
    const stat = readProc(`/proc/${pid}/stat`)
    if (stat === undefined) return undefined
    // The command name is in brackets and may contain blanks; utime and stime are fields 14 and 15, resident pages 24.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      rssBytes: Number(fields[21]) * pageBytes,
    }
  },
  machine() {
    // user, nice, system, idle, iowait, irq, softirq, steal: what a hypervisor took is not there for us either.
    const fields = readProc('/proc/stat')?.split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number)
    if (fields?.length !== 8 || !fields.every(Number.isFinite)) return undefined
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = fields
    return { cpuSeconds: (user + nice + system + irq + softirq + steal) / ticksPerSecond }
  },
}

function readProc(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
