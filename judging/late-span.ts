import { numberText } from './number-text.ts'
import { type OwnLoad, steadyIntervals } from './own-load.ts'

export interface LateSpan {
  /** Intervals above the limit; none = only the whole phase is. */
  above: number[]
  /** These, and those in which their delays began: a delay shows when it is over. */
  evidence: number[]
}

export function lateSpan(load: OwnLoad, series: string, limitMs: number): LateSpan {
  const { columns, seconds } = load.intervals
  // Of probes there are ten a second: the highest is their p99.
  const p99 = columns[`${series}_p99`] ?? columns[`${series}_max`] ?? []
  const above = steadyIntervals(load).filter(i => (p99[i] ?? 0) > limitMs)
  if (above.length === 0) return { above, evidence: steadyIntervals(load) }
  const evidence = new Set<number>()
  for (const i of above) {
    const delayMs = columns[`${series}_max`]?.[i] ?? 0
    for (let j = Math.max(0, i - Math.ceil(delayMs / 1000 / seconds)); j <= i; j += 1) evidence.add(j)
  }
  return { above, evidence: [...evidence].sort((a, b) => a - b) }
}

/** ' from second 31 on', ' at second 31', ' between second 31 and 35', '' where no second stands out. */
export function whenText(load: OwnLoad, { above }: LateSpan): string {
  if (above.length === 0) return ''
  const second = (interval: number) => numberText(Math.floor(interval * load.intervals.seconds))
  const first = above[0]!
  const last = above.at(-1)!
  const rest = steadyIntervals(load).filter(i => i >= first)
  // More often than not until the end: it did not get better.
  if (above.length > 2 && above.length > rest.length / 2 && last >= rest.at(-1)! - 1)
    return ` from second ${second(first)} on`
  return first === last ? ` at second ${second(first)}` : ` between second ${second(first)} and ${second(last)}`
}
