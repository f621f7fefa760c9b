import type { Result } from '../schemas/generated/types.ts'

/** The steady phase in seconds since the begin of the intervals. */
export interface SteadySpan {
  from: number
  to: number
}

/** Instants are kept to the millisecond, so ends that should meet may miss each other by less. */
const rounding = 1e-6

/** @returns undefined for a run that did not come so far. */
export function steadySpan({ phases, intervals }: Pick<Result, 'phases' | 'intervals'>): SteadySpan | undefined {
  const steady = phases.find(({ name }) => name === 'steady')
  if (!steady) return undefined
  const from = (Date.parse(steady.start) - Date.parse(intervals.start)) / 1_000
  return { from, to: from + steady.seconds }
}

/** Whether the piece number `at` of a run that is cut into pieces of so many seconds lies in it as a whole. */
export function isWithin({ from, to }: SteadySpan, at: number, seconds: number): boolean {
  return at * seconds >= from - rounding && (at + 1) * seconds <= to + rounding
}
