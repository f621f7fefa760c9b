/** A value with its interval; `high` Infinity and `low` 0 where there is no bound. */
export interface Estimate {
  value: number
  low: number
  high: number
}

/** Of a difference or a ratio; both ends may be open. */
export type Span = Estimate

/**
 * The interval of a − b from the intervals of both: each side counts with its own distance to the bound that matters
 * (method of variance estimates recovery, Zou and Donner). It needs no distribution, and keeps intervals lopsided.
 */
export function differenceOf(a: Estimate, b: Estimate): Span {
  const value = a.value - b.value
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  }
}

/** The interval of a / b: the same on logarithms. @returns undefined where a value is 0. */
export function ratioOf(a: Estimate, b: Estimate): Span | undefined {
  if (a.value <= 0 || b.value <= 0) return undefined
  const { value, low, high } = differenceOf(logarithm(a), logarithm(b))
  return { value: Math.exp(value), low: Math.exp(low), high: Math.exp(high) }
}

function logarithm({ value, low, high }: Estimate): Estimate {
  return { value: Math.log(value), low: Math.log(Math.max(0, low)), high: Math.log(high) }
}

/** What may be wrong in one direction for all samples alike, such as a clock, does not average out: it is moved, not widened. */
export function moved({ value, low, high }: Estimate, by: number): Estimate {
  return { value: Math.max(0, value + by), low: Math.max(0, low + by), high: Math.max(0, high + by) }
}
