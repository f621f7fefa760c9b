import type { RegressionBound } from '../../protocol/regression-bound.ts'
import type { ComparedRow, Regression } from '../../schemas/generated/types.ts'
import { numberText } from '../number-text.ts'
import { changeText, rowName, rowSentence, signedText } from './difference-text.ts'

/** How much worse than the baseline, in the unit of the bound; `high` Infinity = nobody knows. */
interface Worsening {
  value: number
  low: number
  high: number
  allowed: number
  text(value: number): string
}

/**
 * A bound is broken when the row is shown to be worse and is so by more than the bound; it holds when the whole interval lies
 * within it. Between both more samples are needed: a small sample must not pass for want of proof.
 */
export function judgeRegression(bound: RegressionBound, row: ComparedRow): Regression {
  const { metric, statistic, text: limit } = bound
  const judged = { metric, statistic, limit }
  if (row.verdict === 'not comparable')
    return { ...judged, verdict: 'inconclusive', text: `${rowName(row)} cannot be compared: ${row.reason}` }
  const worsening = worseningOf(bound, row)
  if (!worsening) {
    const text = `${rowName(row)}: a share of a baseline of 0 says nothing`
    return { ...judged, verdict: 'inconclusive', text }
  }
  const allowed = `allowed ${worsening.text(worsening.allowed)}`
  const text = `${rowSentence(row)}, ${allowed}`
  if (worsening.low > 0 && worsening.value > worsening.allowed) return { ...judged, verdict: 'fail', text }
  if (worsening.high <= worsening.allowed) return { ...judged, verdict: 'pass', text }
  return { ...judged, verdict: 'inconclusive', text: `${text}: ${moreSamplesText(worsening)}` }
}

function worseningOf({ allowed }: RegressionBound, row: ComparedRow): Worsening | undefined {
  const sign = row.better === 'less' ? 1 : -1
  if ('ms' in allowed) {
    const { value, low, high } = flipped(row.difference!, sign)
    return { value, low, high, allowed: allowed.ms, text: ms => signedText(ms, 'ms') }
  }
  if (!row.ratio) return undefined
  const { value, low, high } = flipped(row.ratio, sign)
  const share = (bound: number) => bound - sign
  return { value: share(value), low: share(low), high: share(high), allowed: allowed.share, text: changeText }
}

/** With `sign` −1 less is worse. Open ends are Infinity again. */
function flipped({ value, low, high }: NonNullable<ComparedRow['ratio']>, sign: 1 | -1) {
  const ends = [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY].map(end => end * sign)
  return { value: value * sign, low: Math.min(...ends), high: Math.max(...ends) }
}

/** Intervals shrink with the root of the samples. */
function moreSamplesText({ value, low, high, allowed }: Worsening): string {
  const isBeyond = value > allowed
  const reach = isBeyond ? value - low : high - value
  const room = isBeyond ? value : allowed - value
  const times = Math.ceil((reach / room) ** 2)
  if (!Number.isFinite(reach)) return 'too few samples to bound it (a longer --hold)'
  if (!Number.isFinite(times) || times > 1000) return 'too close to its bound to tell'
  return `about ${numberText(times)} times as many samples would tell (a longer --hold)`
}
