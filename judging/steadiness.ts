import type { Intervals } from '../schemas/generated/types.ts'
import { numberText } from './number-text.ts'

/** Growth of the p99 from the first to the last third of the steady phase that is no noise any more. */
const shareAllowed = 0.4
/** Below this a growth is nothing that anybody would feel, however large its share. */
const growthAllowedMs = 10
const leastIntervals = 12

/** @returns why the phase is not steady, in words; undefined = it is, or there is too little to tell. */
export function notSteady(intervals: Intervals, steadyMs: number, drainMs: number): string | undefined {
  const start = Date.parse(intervals.start)
  const column = intervals.columns.push_latency_p99 ?? []
  const steady = column.filter((value, at): value is number => {
    const from = start + at * intervals.seconds * 1000
    return value !== null && from >= steadyMs && from + intervals.seconds * 1000 <= drainMs
  })
  if (steady.length < leastIntervals) return undefined
  const third = Math.floor(steady.length / 3)
  const before = median(steady.slice(0, third))
  const after = median(steady.slice(-third))
  const growth = Math.abs(after - before)
  if (growth <= growthAllowedMs || growth / Math.min(before, after) <= shareAllowed) return undefined
  const how = after > before ? 'grew' : 'fell'
  return `not steady: p99 ${how} from ${numberText(before)} ms to ${numberText(after)} ms over the phase`
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
