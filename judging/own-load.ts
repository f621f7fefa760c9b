import type { Intervals } from '../schemas/generated/types.ts'
import type { Standstill } from './standstill.ts'

/** What our processes and their machine did, second by second. */
export interface OwnLoad {
  cores: number
  /** k6 VUs, a thread each. */
  shards: number
  /** `<series>_p99`, `<series>_max`, `cpu_<process>`, `cpu_machine`, `gc_<process>_max`, `loop_<process>_max`. */
  intervals: Intervals
  /** Seconds from the start of the intervals: what is judged. */
  steady: { from: number; to: number }
  standstills: readonly Standstill[]
}

export function steadyIntervals({ intervals, steady }: OwnLoad): number[] {
  const count = Math.max(0, ...Object.values(intervals.columns).map(values => values.length))
  return Array.from({ length: count }, (_, i) => i).filter(
    i => (i + 1) * intervals.seconds > steady.from && i * intervals.seconds < steady.to,
  )
}

export interface Cpu {
  machine: number | undefined
  /** Busiest first. */
  byProcess: [name: string, cores: number][]
}

/** Mean cores over some intervals. */
export function cpuOver({ intervals }: OwnLoad, over: readonly number[]): Cpu {
  const mean = (column: string) => meanOf(over.map(i => intervals.columns[column]?.[i] ?? null))
  const byProcess = Object.keys(intervals.columns)
    .filter(column => column.startsWith('cpu_') && column !== 'cpu_machine')
    .map((column): [string, number] => [column.slice(4).replaceAll('_', ' '), mean(column) ?? 0])
    .sort((a, b) => b[1] - a[1])
  return { machine: mean('cpu_machine'), byProcess }
}

function meanOf(values: readonly (number | null)[]): number | undefined {
  const known = values.filter(value => value !== null)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length
}
