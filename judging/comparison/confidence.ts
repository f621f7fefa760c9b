/** How sure intervals must be so that all of them together miss in at most 5 of 100 comparisons. */
export interface Confidence {
  /** Statements that are made together. */
  rows: number
  /** Probability of missing on one side, each. */
  tail: number
  /** Standard deviations of a normal distribution that leave it. */
  deviations: number
}

/** The deviations of the 95 % intervals that a result keeps. */
export const storedDeviations = 1.96

/**
 * Forty statements at 95 % each would find a difference between most equal pairs. So each is made at 1 − 5 % / rows
 * (Bonferroni), which holds whatever the statements have to do with each other.
 */
export function confidenceFor(rows: number): Confidence {
  const tail = 0.025 / Math.max(1, rows)
  return { rows, tail, deviations: rows <= 1 ? storedDeviations : normalDeviations(tail) }
}

/** Upper quantile of the normal distribution; Abramowitz and Stegun 26.2.23, error below 0.00045. */
function normalDeviations(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail))
  const above = 2.515517 + t * (0.802853 + t * 0.010328)
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  return t - above / below
}
