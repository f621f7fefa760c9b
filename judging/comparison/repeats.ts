import type { Confidence } from './confidence.ts'
import type { Estimate } from './estimate.ts'

/**
 * One statistic of several runs on each side: their geometric means, with intervals from the spread between the runs of a side
 * (pooled over both, on logarithms, Student's t). What happens within a run is in that spread. The difference of both, taken as
 * `differenceOf` takes it, is then the two-sample t interval.
 */
export function repeatedEstimates(
  now: readonly number[],
  before: readonly number[],
  { tail }: Confidence,
): { now: Estimate; before: Estimate } | undefined {
  if ([...now, ...before].some(value => value <= 0)) return undefined
  const sides = [now, before].map(values => {
    const logarithms = values.map(Math.log)
    const mean = logarithms.reduce((sum, value) => sum + value, 0) / values.length
    return { mean, size: values.length, squares: logarithms.reduce((sum, value) => sum + (value - mean) ** 2, 0) }
  })
  const freedom = now.length + before.length - 2
  if (freedom < 1) return undefined
  const deviation = Math.sqrt(sides.reduce((sum, { squares }) => sum + squares, 0) / freedom)
  const t = studentDeviations(tail, freedom)
  const [first, second] = sides.map(({ mean, size }) => {
    const reach = (t * deviation) / Math.sqrt(size)
    return { value: Math.exp(mean), low: Math.exp(mean - reach), high: Math.exp(mean + reach) }
  })
  return { now: first!, before: second! }
}

/** Upper quantile of Student's distribution with so many degrees of freedom, by halving. */
export function studentDeviations(tail: number, freedom: number): number {
  let low = 0
  let high = 1e6
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2
    if (studentTail(middle, freedom) > tail) low = middle
    else high = middle
  }
  return high
}

/** Probability above t; Abramowitz and Stegun 26.7.3 and 26.7.4. */
function studentTail(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom))
  const square = Math.cos(angle) ** 2
  const isOdd = freedom % 2 === 1
  let term = isOdd ? Math.cos(angle) : 1
  let sum = freedom === 1 ? 0 : term
  for (let at = isOdd ? 3 : 2; at < freedom; at += 2) {
    term *= (square * (at - 1)) / at
    sum += term
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
  return (1 - within) / 2
}
