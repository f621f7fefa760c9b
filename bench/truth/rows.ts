import type { Percentile as Measured, Summary } from '../../schemas/generated/types.ts'
import { allowedMs, type Bounds, isWithin } from './bounds.ts'
import { ascending, type Percentile, percentiles, quantile } from './quantile.ts'
import type { Truth } from './stall-truth.ts'

/** One percentile of a case: what is true beside what the run says. */
export interface TruthRow {
  percentile: Percentile
  truthMs: number
  corrected: Measured
  raw: Measured
  /** undefined = shown, not judged. */
  allowedMs: number | undefined
  holds: boolean
}

/** A fact about the whole case. */
export interface TruthCheck {
  text: string
  holds: boolean
  /** It is about time, which a busy machine may spoil. */
  isTimed?: true
}

export interface Compared {
  truth: Truth
  corrected: Summary
  raw: Summary
  bounds: Bounds
  /** `like-truth` = within the same bounds of its own truth; `stall-free` = the stall is not in it; `unknown` = only shown. */
  rawIs: 'like-truth' | 'stall-free' | 'unknown'
}

/** Raw latency of a generator that stood still has none of the stall: at most this share of it, the burst afterwards. */
const stallFreeShare = 0.1

export function truthRows({ truth, corrected, raw, bounds, rawIs }: Compared): TruthRow[] {
  const sorted = ascending(truth.corrected)
  const sortedRaw = ascending(truth.raw)
  return percentiles.map(percentile => {
    const key = `p${String(percentile).replace('.', '')}` as 'p50' | 'p90' | 'p99' | 'p999'
    const truthMs = quantile(sorted, percentile)
    const rawHolds =
      rawIs === 'unknown' ||
      (rawIs === 'like-truth'
        ? isWithin(bounds, percentile, quantile(sortedRaw, percentile), raw[key].value)
        : percentile !== 99 || (raw.p99.value !== null && raw.p99.value <= stallFreeShare * truthMs))
    return {
      percentile,
      truthMs,
      corrected: corrected[key],
      raw: raw[key],
      allowedMs: allowedMs(bounds, percentile, truthMs),
      holds: isWithin(bounds, percentile, truthMs, corrected[key].value) && rawHolds,
    }
  })
}

/** Counts from places that do not know each other. */
export function sameCount(what: string, truth: number, measured: number): TruthCheck {
  const holds = truth === measured
  const count = truth.toLocaleString('en-US')
  return { text: holds ? `${count} ${what} on both sides` : `${count} ${what}, the run counts ${measured}`, holds }
}
