import { readFileSync } from 'node:fs'

/** CPU share of processes of this host over time, 1 = one core; the kernel's own counts, so it costs them nothing. */
export interface CpuMeter {
  /** Reads all processes once. */
  read(): void
  figures(): { name: string; cpuMean: number; cpuMax: number }[]
}

/** USER_HZ of Linux: fixed at 100 for /proc on every supported platform. */
const ticksPerSecond = 100

export function createCpuMeter(pids: Record<string, number>, nowMs: () => number): CpuMeter {
  const rows = Object.entries(pids).map(([name, pid]) => ({
    name,
    pid,
    firstAt: 0,
    first: -1,
    lastAt: 0,
    last: -1,
    max: 0,
  }))
  return {
    read() {
      const at = nowMs()
      for (const row of rows) {
        const seconds = cpuSeconds(row.pid)
        if (seconds === undefined) continue
        if (row.first < 0) {
          row.first = seconds
          row.firstAt = at
        } else if (at > row.lastAt) {
          row.max = Math.max(row.max, ((seconds - row.last) * 1000) / (at - row.lastAt))
        }
        row.last = seconds
        row.lastAt = at
      }
    },
    figures: () =>
      rows
        .filter(row => row.lastAt > row.firstAt)
        .map(row => ({
          name: row.name,
          cpuMean: ((row.last - row.first) * 1000) / (row.lastAt - row.firstAt),
          cpuMax: row.max,
        })),
  }
}

/** @returns undefined where there is no /proc or the process is gone. */
function cpuSeconds(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name is in brackets and may contain blanks; utime and stime are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch {
    return undefined
  }
}
