import { type Distribution, sample } from '../../protocol/distribution.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import { ascending, type Percentile, quantile } from './quantile.ts'

/** Quantile of what was planted, and where that of `count` values drawn from it lies in 19 of 20 runs. */
export interface Planted {
  ms: number
  lowMs: number
  highMs: number
}

const drawn = 400_000

/** By a sample a hundred times larger than a run's: the same way for each kind of distribution. */
export function plantedQuantiles(distribution: Distribution): (percentile: Percentile, count: number) => Planted {
  const uniform = seededUniform(1, 'planted')
  const sorted = ascending(Array.from({ length: drawn }, () => sample(distribution, uniform)))
  return (percentile, count) => {
    const share = percentile / 100
    const spread = 1.96 * Math.sqrt((share * (1 - share)) / count) * 100
    return {
      ms: quantile(sorted, percentile),
      lowMs: quantile(sorted, Math.max(0, percentile - spread)),
      highMs: quantile(sorted, Math.min(100, percentile + spread)),
    }
  }
}
