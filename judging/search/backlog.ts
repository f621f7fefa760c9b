import { numberText } from '../number-text.ts'
import type { SteadyPoint } from '../steadiness.ts'
import { trendOf } from '../trend.ts'

/** With fewer points a hitch is a trend. */
const leastPoints = 6
/** An overload by 1 % lets a queue's latency grow by 10 ms in each second; a shorter trial cannot tell less. */
const mostGrowth = 0.01

/**
 * A short trial may end before a growing queue reaches its latency limit: what grows with time is no rate that holds.
 * @param points median latency over the steady phase, at even distances.
 * @returns why the target falls behind, in words; undefined = it keeps up.
 */
export function fallsBehind(points: readonly SteadyPoint[]): string | undefined {
  const [first, second] = points
  if (points.length < leastPoints || !first || !second) return undefined
  const { slope } = trendOf(points.map(({ ms }) => ms))
  const msPerSecond = slope / (second.atSeconds - first.atSeconds)
  if (msPerSecond < mostGrowth * 1000) return undefined
  return `the target falls behind: push_latency p50 grows by ${numberText(msPerSecond)} ms each second`
}
