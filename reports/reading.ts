import { latencyMetrics } from '../protocol/instants.ts'
import type { Percentile, Result, Summary, Threshold } from '../schemas/generated/types.ts'
import { deliveryOf } from './delivery.ts'
import { countText, msText, percentileName, threeDigits } from './page/number-text.ts'

export const percentileKeys = ['p50', 'p75', 'p90', 'p95', 'p99', 'p999'] as const
export type PercentileKey = (typeof percentileKeys)[number]

/** The summary that is judged: steady phase, or all phases of a run that never got so far. */
export function judgedSummary(result: Result, series: string): { summary: Summary; phase: string } | undefined {
  const byPhase = result.metrics[series]
  for (const phase of ['steady', 'all', 'warm-up', 'drain']) {
    const summary = byPhase?.[phase]
    if (summary !== undefined) return { summary, phase }
  }
  return undefined
}

export const isRaw = (series: string): boolean => series.endsWith('_raw')

function isLatency(metric: string): boolean {
  return metric.replace(/_raw$/, '') in latencyMetrics
}

/** 'med<50' → 'p50', 'p(99.9)<50' → 'p99.9' */
export function percentileIn({ expression }: Threshold): string | undefined {
  const share = /\bmed\b/.test(expression) ? '50' : /p\(\s*(\d+(?:\.\d+)?)\s*\)/.exec(expression)?.[1]
  return share === undefined ? undefined : `p${share}`
}

/** '{phase:drain} p(99.9)<50' → the percentile of the threshold's metric, where the result has it. */
export function percentileOf(result: Result, threshold: Threshold): Percentile | undefined {
  const name = percentileIn(threshold)
  const key = percentileKeys.find(candidate => percentileName(candidate) === name)
  const phase = /\{\s*phase\s*:\s*([\w-]+)/.exec(threshold.expression)?.[1] ?? 'steady'
  return key === undefined ? undefined : result.metrics[threshold.metric]?.[phase]?.[key]
}

function unitOf({ metric, expression }: Threshold): string {
  return isLatency(metric) ? ' ms' : /\brate\b/.test(expression) ? '/s' : ''
}

/** As it was given, every digit of it. */
export function limitText(threshold: Threshold): string {
  return `${countText(threshold.limit)}${unitOf(threshold)}`
}

export function valueText(result: Result, threshold: Threshold): string {
  const { value } = threshold
  if (value === null) return 'not enough samples'
  const number = Number.isInteger(value) ? countText(value) : threeDigits(value)
  return `${percentileOf(result, threshold)?.atLeast ? '≥ ' : ''}${number}${unitOf(threshold)}`
}

/** The 95 % interval of a percentile; it has no upper end when that lies among lost or open events. */
export function intervalText(percentile: Percentile | undefined): string | undefined {
  if (percentile?.low === undefined || percentile.value === null) return undefined
  return percentile.high === undefined
    ? `${msText(percentile.low)} or more`
    : `${threeDigits(percentile.low)} to ${msText(percentile.high)}`
}

export function findThreshold(result: Result, metric: string): Threshold | undefined {
  return result.thresholds.find(threshold => threshold.metric === metric)
}

/** The limit of the percentile of the latency that this run is about, drawn into the figures. */
export function latencyLimit(result: Result): { value: number; name: string } | undefined {
  const { latency } = deliveryOf(result)
  const threshold = result.thresholds.find(({ metric, expression }) => metric === latency && /p\(/.test(expression))
  return threshold && { value: threshold.limit, name: `limit of ${percentileIn(threshold)}: ${limitText(threshold)}` }
}

/** The POSTs that the target itself says it began; only a target with a trace tells. */
export function sentByTarget(result: Result): number | undefined {
  return result.ledger.sources.find(({ name, what }) => /trace|sender/i.test(name) && /POST/i.test(what))?.count
}

export function countConfirmed(result: Result): number | undefined {
  return result.metrics.confirm_time?.all?.count
}

/** Rule violations that count for the verdict. */
export function judgedViolations(result: Result): number {
  return result.violations.byRule.filter(({ judged }) => judged).reduce((sum, { count }) => sum + count, 0)
}

/** Our own trouble makes both numbers beyond and numbers within a limit worthless; wrong arrivals stay wrong. */
export function isUntrusted({ verdict }: Result): boolean {
  return verdict.word === 'invalid' && verdict.reasons.some(({ kind }) => kind === 'validity')
}
