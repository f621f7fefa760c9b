import type { Confidence } from './confidence.ts'
import type { Estimate } from './estimate.ts'

/** A count with the interval of a Poisson distribution (Byar's approximation), `wider` times as wide. */
export function countEstimate(count: number, { deviations }: Confidence, wider = 1): Estimate {
  const cube = (of: number, sign: 1 | -1) => of * (1 - 1 / (9 * of) + (sign * deviations) / (3 * Math.sqrt(of))) ** 3
  const low = count === 0 ? 0 : Math.max(0, cube(count, -1))
  const high = cube(count + 1, 1)
  return { value: count, low: Math.max(0, count - wider * (count - low)), high: count + wider * (high - count) }
}

export function scaled({ value, low, high }: Estimate, by: number): Estimate {
  return { value: value * by, low: low * by, high: high * by }
}
