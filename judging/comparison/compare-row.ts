import type { ComparedRow } from '../../schemas/generated/types.ts'
import { numberText } from '../number-text.ts'
import { changeText } from './difference-text.ts'
import { differenceOf, type Estimate, moved, ratioOf, type Span } from './estimate.ts'

/** Less of a change matters to nobody, however many samples show it. */
const leastShare = 0.05
/** Timers of two equal generators differ by as much; those of what the server stamps itself by less. */
export const leastMs = { generator: 1, server: 0.1 } as const

/** One statistic in both results. */
export interface Pair {
  value: Estimate
  baseline: Estimate
  better: ComparedRow['better']
  /** How far the clocks of each may be wrong, ms. */
  clockMs?: readonly [value: number, baseline: number]
  /** A change below it, in the unit of the row, is not called one. */
  least: number
}

export interface Compared {
  ratio: Span | undefined
  difference: Span
  verdict: ComparedRow['verdict']
  reason: string
}

/** Both spans, and the verdict: a difference is shown when the interval excludes that there is none, and it is large enough to matter. */
export function comparePair(pair: Pair): Compared {
  const { value, baseline, better, clockMs = [0, 0] } = pair
  const clocks = clockMs[0] + clockMs[1]
  const sure = differenceOf(value, baseline)
  const loose = { value: sure.value, low: sure.low - clocks, high: sure.high + clocks }
  const ratio = clockedRatio(value, baseline, clockMs)
  const shown = ratio ? sideOf(ratio, 1) : sideOf(loose, 0)
  const difference = agreeing(loose, shown)
  const change = ratio ? ratio.value - 1 : undefined
  if (shown === 0) return { ratio, difference, verdict: 'no difference shown', reason: '' }
  if (change !== undefined && Math.abs(change) < leastShare)
    return { ratio, difference, verdict: 'no difference shown', reason: smallText(changeText(Math.abs(change)), '5 %') }
  if (Math.abs(difference.value) < pair.least) {
    const reason = smallText(numberText(Math.abs(difference.value)), numberText(pair.least))
    return { ratio, difference, verdict: 'no difference shown', reason }
  }
  const isWorse = shown > 0 === (better === 'less')
  return { ratio, difference, verdict: isWorse ? 'worse' : 'better', reason: '' }
}

function smallText(change: string, least: string): string {
  return `a change by ${change.replace('+', '')} is shown, less than the ${least} that counts`
}

/** Each bound with the clocks as wrong as they can be. */
function clockedRatio(value: Estimate, baseline: Estimate, [own, before]: readonly [number, number]): Span | undefined {
  const ratio = ratioOf(value, baseline)
  if (!ratio || own + before === 0) return ratio
  const least = ratioOf(moved(value, -own), moved(baseline, before))
  const most = ratioOf(moved(value, own), moved(baseline, -before))
  return { value: ratio.value, low: least?.low ?? 0, high: most?.high ?? Number.POSITIVE_INFINITY }
}

/** 1 = above, −1 = below, 0 = not shown. */
function sideOf({ low, high }: Span, neutral: number): 1 | -1 | 0 {
  return low > neutral ? 1 : high < neutral ? -1 : 0
}

/** The ratio decides; where the difference would say otherwise by a hair, its bound is 0. */
function agreeing({ value, low, high }: Span, shown: 1 | -1 | 0): Span {
  if (shown > 0) return { value, low: Math.max(0, low), high }
  if (shown < 0) return { value, low, high: Math.min(0, high) }
  return { value, low: Math.min(0, low), high: Math.max(0, high) }
}

/** An end that is this many times away from what was measured bounds nothing. */
const farthest = 10_000

export function withSpans(
  row: Omit<ComparedRow, 'verdict' | 'reason'>,
  { ratio, difference, verdict, reason }: Compared,
): ComparedRow {
  const greatest = farthest * Math.max(row.value.value ?? 0, row.baseline.value ?? 0, 1)
  return {
    ...row,
    difference: kept(difference, -greatest, greatest),
    ...(ratio && { ratio: kept(ratio, ratio.value / farthest, ratio.value * farthest) }),
    verdict,
    reason,
  }
}

/** JSON knows no Infinity: an end that is not bounded is left out. */
function kept({ value, low, high }: Span, least: number, most: number): NonNullable<ComparedRow['ratio']> {
  return { value, ...(low > least && { low }), ...(high < most && { high }) }
}
