import type { ComparedRow } from '../../schemas/generated/types.ts'
import { numberText } from '../number-text.ts'

type Row = Pick<ComparedRow, 'metric' | 'statistic' | 'unit' | 'value' | 'baseline' | 'ratio' | 'difference'>

/** 'push_latency p99', 'messages_sent rate', 'pushes_lost'. */
export function rowName({ metric, statistic }: Pick<Row, 'metric' | 'statistic'>): string {
  return statistic === 'count' ? metric : `${metric} ${statisticText(statistic)}`
}

function statisticText(statistic: string): string {
  return statistic === 'p999' ? 'p99.9' : statistic
}

/** '9.3 ms', '≥ 10,000 ms', '80/s', '3'. */
export function valueText({ value, atLeast }: Row['value'], unit: Row['unit']): string {
  if (value === null) return 'not known'
  return `${atLeast ? '≥ ' : ''}${numberText(value)}${unit === 'ms' ? ' ms' : unit === 'per second' ? '/s' : ''}`
}

/** 0.225 → '+23 %', −0.004 → '−0.4 %', 14.2 → '15.2 times'. */
export function changeText(share: number): string {
  if (share >= 10) return `${numberText(share + 1)} times`
  const percent = Math.abs(share) * 100
  const digits = percent >= 10 ? Math.round(percent) : Number(percent.toFixed(1))
  return `${digits === 0 ? '' : share < 0 ? '−' : '+'}${numberText(digits)} %`
}

/** '−3 to +12 %', '−3 % or more', 'not bounded'. */
export function changeSpanText({ low, high }: NonNullable<Row['ratio']>): string {
  return spanText(low, high, ratio => changeText(ratio - 1))
}

/** Of a difference in the unit of the row. */
export function differenceSpanText({ low, high }: NonNullable<Row['difference']>, unit: Row['unit']): string {
  return spanText(low, high, value => signedText(value, unit))
}

export function signedText(value: number, unit: Row['unit']): string {
  const text = numberText(Math.abs(value))
  const sign = value === 0 ? '' : value < 0 ? '−' : '+'
  return `${sign}${text}${unit === 'ms' ? ' ms' : unit === 'per second' ? '/s' : ''}`
}

function spanText(low: number | undefined, high: number | undefined, text: (value: number) => string): string {
  if (low === undefined) return high === undefined ? 'not bounded' : `${text(high)} or less`
  if (high === undefined) return `${text(low)} or more`
  const [from, to] = [text(low), text(high)]
  const unit = / \S+$|\/s$/.exec(to)?.[0] ?? ''
  // The unit is said once where both have the same.
  return `${from.endsWith(unit) ? from.slice(0, from.length - unit.length) : from} to ${to}`
}

/** 'push_latency p99 12 ms, baseline 10 ms: +20 % (+8 to +33 %)'. */
export function rowSentence(row: Row): string {
  const { value, baseline, unit, ratio, difference } = row
  const both = `${rowName(row)} ${valueText(value, unit)}, baseline ${valueText(baseline, unit)}`
  if (ratio) return `${both}: ${changeText(ratio.value - 1)} (${changeSpanText(ratio)})`
  return difference ? `${both}: ${signedText(difference.value, unit)} (${differenceSpanText(difference, unit)})` : both
}
