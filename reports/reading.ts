import { latencyMetrics } from '../protocol/instants.ts'
import type { Percentile, Result, Summary, Threshold } from '../schemas/generated/types.ts'
import { countText, msText, threeDigits } from './page/number-text.ts'

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

/** 'push_latency{phase:drain}' → series and phase. */
function parsedMetric(metric: string): { series: string; phase: string } {
  const [, series, phase] = /^([^{]+)(?:\{phase:([^}]+)\})?$/.exec(metric) ?? []
  return { series: series ?? metric, phase: phase ?? 'steady' }
}

export function isLatency(metric: string): boolean {
  return parsedMetric(metric).series.replace(/_raw$/, '') in latencyMetrics
}

/** 'p(99.9)<50' → the percentile of the threshold's metric, where the result has it. */
export function percentileOf(result: Result, threshold: Threshold): Percentile | undefined {
  const share = /p\((\d+(?:\.\d+)?)\)/.exec(threshold.expression)?.[1]
  const key = percentileKeys.find(candidate => candidate === `p${share?.replace('.', '')}`)
  const { series, phase } = parsedMetric(threshold.metric)
  return key === undefined ? undefined : result.metrics[series]?.[phase]?.[key]
}

export function limitText(threshold: Threshold): string {
  return isLatency(threshold.metric) ? msText(threshold.limit) : countText(threshold.limit)
}

export function valueText(result: Result, threshold: Threshold): string {
  if (threshold.value === null) return 'not enough samples'
  if (!isLatency(threshold.metric)) return countText(Number(threshold.value.toPrecision(12)))
  return `${percentileOf(result, threshold)?.atLeast ? '≥ ' : ''}${msText(threshold.value)}`
}

/** The interval of a percentile, '10.6 to 11.9 ms'; nothing where it is not known. */
export function intervalText(percentile: Percentile | undefined): string | undefined {
  if (percentile?.low === undefined || percentile.high === undefined) return undefined
  return `${threeDigits(percentile.low)} to ${msText(percentile.high)}`
}

export function findThreshold(result: Result, metric: string): Threshold | undefined {
  return result.thresholds.find(threshold => threshold.metric === metric)
}

/** The limit of the push latency percentile, drawn into the figures. */
export function pushLatencyLimit(result: Result): { value: number; name: string } | undefined {
  const threshold = result.thresholds.find(({ metric, expression }) => metric === 'push_latency' && /p\(/.test(expression))
  if (threshold === undefined) return undefined
  const share = /p\(([\d.]+)\)/.exec(threshold.expression)?.[1]
  return { value: threshold.limit, name: `limit of p${share}: ${msText(threshold.limit)}` }
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
