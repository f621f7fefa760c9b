import type { Intervals } from '../schemas/generated/types.ts'

/**
 * What processes told about themselves, each reading over a span of time of its own. Grows by 24 bytes a reading, so by
 * some hundred bytes a second, however much is measured.
 */
export interface LoadLog {
  /** `column`: `cpu_<process>` and the like; one that ends in `_max` keeps the highest of an interval, others the mean. */
  add(column: string, fromMs: number, toMs: number, value: number): void
  /** The readings as columns of the intervals of a result. */
  columns(intervals: Pick<Intervals, 'seconds' | 'start'>, count: number): Intervals['columns']
}

/** Name of a process within the name of a column. */
export function columnName(process: string): string {
  return process.replaceAll(' ', '_')
}

export function createLoadLog(): LoadLog {
  const readings = new Map<string, number[]>()
  return {
    add(column, fromMs, toMs, value) {
      if (!Number.isFinite(value) || toMs <= fromMs) return
      const known = readings.get(column)
      if (known) known.push(fromMs, toMs, value)
      else readings.set(column, [fromMs, toMs, value])
    },
    columns({ seconds, start }, count) {
      const startMs = Date.parse(start)
      const entries = [...readings].map(([column, values]): [string, (number | null)[]] => {
        const spread = spreadOver(values, startMs, seconds * 1000, count)
        return [column, column.endsWith('_max') ? spread.highest : spread.means]
      })
      return Object.fromEntries(entries.filter(([, values]) => values.some(value => value !== null)))
    },
  }
}

/** A reading counts in each interval that it touches, for as long as it does. */
function spreadOver(readings: readonly number[], startMs: number, widthMs: number, count: number) {
  const weights = new Array<number>(count).fill(0)
  const sums = new Array<number>(count).fill(0)
  const highest = new Array<number | null>(count).fill(null)
  for (let at = 0; at < readings.length; at += 3) {
    const [fromMs, toMs, value] = [readings[at]!, readings[at + 1]!, readings[at + 2]!]
    const last = Math.min(count - 1, Math.ceil((toMs - startMs) / widthMs) - 1)
    for (let i = Math.max(0, Math.floor((fromMs - startMs) / widthMs)); i <= last; i += 1) {
      const intervalMs = startMs + i * widthMs
      const sharedMs = Math.min(toMs, intervalMs + widthMs) - Math.max(fromMs, intervalMs)
      if (sharedMs <= 0) continue
      weights[i]! += sharedMs
      sums[i]! += sharedMs * value
      highest[i] = Math.max(highest[i] ?? value, value)
    }
  }
  return { means: sums.map((sum, i) => (weights[i]! > 0 ? sum / weights[i]! : null)), highest }
}
