import { numberText } from './number-text.ts'
import { changePointOf, medianOf, trendOf } from './trend.ts'

/** One point of the steady phase: a percentile of one stretch of time. */
export interface SteadyPoint {
  /** From the begin of the phase. */
  atSeconds: number
  ms: number
}

/** A percentile over the steady phase. */
export interface SteadyCourse {
  /** 'push_latency p99' */
  name: string
  points: readonly SteadyPoint[]
}

/** Fewer points are no series. */
export const leastPoints = 12
/** Of runs that are steady at most one in a hundred is accused, also where neighbouring seconds hang together (steadiness.test.ts). */
const significant = 3.6
/** A change by a quarter changes what a planner would answer; less is the weather of a shared machine. */
const shareAllowed = 0.25
/** Below this share of the limit nobody would feel it, however large it is in itself: 10 ms of 500 ms. */
const limitShareAllowed = 0.02

/**
 * `tightestLimitMs`: the smallest limit that a latency is held against; a change is measured by what it matters for.
 * @returns why the phase is not steady, in words; undefined = it is, or there is too little to tell.
 */
export function notSteady(courses: readonly SteadyCourse[], tightestLimitMs: number): string | undefined {
  for (const course of courses) {
    const found = changeOf(course, tightestLimitMs)
    if (found !== undefined) return `not steady: ${found}`
  }
  return undefined
}

function changeOf({ name, points }: SteadyCourse, tightestLimitMs: number): string | undefined {
  if (points.length < leastPoints) return undefined
  const values = points.map(({ ms }) => ms)
  const { slope, first, significance } = trendOf(values)
  const last = first + slope * (values.length - 1)
  const change = changePointOf(values)
  const grows = significance >= significant && matters(first, last, tightestLimitMs)
  const jumps = change.significance >= significant && matters(change.before, change.after, tightestLimitMs)
  if (!grows && !jumps) return undefined
  const fromLine = medianOf(values.map((ms, at) => Math.abs(ms - first - slope * at)))
  const fromLevels = medianOf(values.map((ms, at) => Math.abs(ms - (at < change.at ? change.before : change.after))))
  return jumps && (!grows || fromLevels < fromLine)
    ? `${name} ${changed(change.before, change.after, ['jumped', 'dropped'])} at second ${numberText(points[change.at]!.atSeconds)} of the phase`
    : `${name} ${changed(first, last, ['grew', 'fell'])} over the phase`
}

function matters(fromMs: number, toMs: number, tightestLimitMs: number): boolean {
  const growth = Math.abs(toMs - fromMs)
  // A falling line may end below zero.
  return growth > tightestLimitMs * limitShareAllowed && growth > shareAllowed * Math.max(0, Math.min(fromMs, toMs))
}

function changed(fromMs: number, toMs: number, [up, down]: [up: string, down: string]): string {
  const percent = Math.round((Math.abs(toMs - fromMs) / Math.max(fromMs, 0.001)) * 100)
  const how = toMs > fromMs ? up : down
  return `${how} by ${numberText(percent)} % (${numberText(Math.max(0, fromMs))} to ${numberText(Math.max(0, toMs))} ms)`
}
