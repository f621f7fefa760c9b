/** What a series does over time; steps are counted from 0. */
export interface Trend {
  /** Growth per step: median of all slopes between two points (Theil, Sen). */
  slope: number
  /** Value at the first step on that line. */
  first: number
  /** How many standard deviations the order of the points is away from chance (Mann, Kendall). */
  significance: number
}

export function trendOf(values: readonly number[]): Trend {
  const slopes: number[] = []
  let score = 0
  for (let late = 1; late < values.length; late += 1) {
    for (let early = 0; early < late; early += 1) {
      const rise = values[late]! - values[early]!
      slopes.push(rise / (late - early))
      score += Math.sign(rise)
    }
  }
  const slope = medianOf(slopes)
  const first = medianOf(values.map((value, at) => value - slope * at))
  const residuals = values.map((value, at) => value - first - slope * at)
  const n = values.length
  const variance = ((n * (n - 1) * (2 * n + 5)) / 18) * persistence(residuals)
  return { slope, first, significance: Math.max(0, Math.abs(score) - 1) / Math.sqrt(variance) }
}

/** Where a series changes its level for good. */
export interface ChangePoint {
  /** First step of the new level. */
  at: number
  before: number
  after: number
  significance: number
}

/** Pettitt's test: the split at which the ranks of both sides differ most. `significance` in standard deviations. */
export function changePointOf(values: readonly number[]): ChangePoint {
  const n = values.length
  let best = { at: 1, score: 0 }
  let score = 0
  for (let at = 0; at < n - 1; at += 1) {
    for (const other of values) score += Math.sign(values[at]! - other)
    if (Math.abs(score) > Math.abs(best.score)) best = { at: at + 1, score }
  }
  const before = medianOf(values.slice(0, best.at))
  const after = medianOf(values.slice(best.at))
  const residuals = values.map((value, at) => value - (at < best.at ? before : after))
  const squared = (6 * best.score ** 2) / ((n ** 3 + n ** 2) * persistence(residuals))
  // Chance exceeds it with 2·exp(−squared): as many standard deviations of a normal distribution as have that probability.
  return { at: best.at, before, after, significance: Math.sqrt(Math.max(0, 2 * (squared - Math.log(2)))) }
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Above this a series says next to nothing about its own trend. */
const mostPersistent = 0.9

/** Neighbouring points hang together: by this factor the variance of a rank statistic grows (first-order correlation). */
function persistence(residuals: readonly number[]): number {
  const ranks = ranksOf(residuals)
  const mean = (residuals.length - 1) / 2
  let own = 0
  let lagged = 0
  ranks.forEach((rank, at) => {
    own += (rank - mean) ** 2
    if (at > 0) lagged += (rank - mean) * (ranks[at - 1]! - mean)
  })
  const correlation = Math.min(mostPersistent, Math.max(0, own === 0 ? 0 : lagged / own))
  return (1 + correlation) / (1 - correlation)
}

/** From 0; equal values share the mean of their ranks. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Array<number>(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to += 1
    for (let rank = from; rank <= to; rank += 1) ranks[order[rank]!] = (from + to) / 2
    from = to + 1
  }
  return ranks
}
