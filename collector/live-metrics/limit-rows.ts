import { validityLimits } from '../../judging/validity.ts'
import type { ThresholdRule } from '../../protocol/threshold.ts'
import type { ValidityLimit } from '../../schemas/generated/types.ts'
import type { Sample } from './exposition.ts'
import type { LiveRun } from './live-run.ts'
import type { LiveView, MetricRow } from './metric-row.ts'

/** Judged as at the end, from what is known so far; before the plan is known there is nothing to judge. */
export function validityOf({
  books,
  tightestLimitMs,
  hasPushes = true,
  hasNotifications = false,
}: LiveRun): ValidityLimit[] {
  if (!books.context.phases) return []
  return validityLimits({ ...books.own(), died: [], unwritten: [], hasPushes, hasNotifications }, tightestLimitMs)
}

function secondsOf({ validity }: LiveView, what: 'value' | 'limit'): Sample[] {
  return validity.flatMap(limit => {
    const ms = limit.unit === 'ms' ? limit[what] : null
    return ms === null ? [] : [{ labels: { limit: limit.name }, value: ms / 1000 }]
  })
}

/** As it is written in a threshold. */
function statisticText({ statistic }: ThresholdRule): string {
  return typeof statistic === 'object' ? `p(${statistic.percentile})` : statistic
}

/** What is held against limits, and the limits. */
export const limitRows: readonly MetricRow[] = [
  {
    name: 'chatgauge_validity_ok',
    type: 'gauge',
    help: 'A limit of validity is kept so far (1) or broken (0): we, not the target, are the limit.',
    labels: ['limit'],
    samples: ({ validity }) => validity.map(({ name, ok }) => ({ labels: { limit: name }, value: ok ? 1 : 0 })),
  },
  {
    name: 'chatgauge_validity_seconds',
    type: 'gauge',
    help: 'What is held against a limit of validity that is a time: p99 of our own delays, the bound of the clocks, the longest standstill.',
    labels: ['limit'],
    samples: view => secondsOf(view, 'value'),
  },
  {
    name: 'chatgauge_validity_limit_seconds',
    type: 'gauge',
    help: 'The limit itself: above it the run is invalid.',
    labels: ['limit'],
    samples: view => secondsOf(view, 'limit'),
  },
  {
    name: 'chatgauge_threshold_limit_seconds',
    type: 'gauge',
    help: 'Thresholds of latencies that are in force.',
    labels: ['metric', 'phase', 'statistic', 'operator'],
    samples: ({ thresholds }) => thresholdSamples(thresholds),
  },
]

/** Of two that differ only in their limit, the tighter one: a series has one value. */
function thresholdSamples(thresholds: readonly ThresholdRule[]): Sample[] {
  const samples = new Map<string, Sample>()
  for (const rule of thresholds) {
    if (rule.kind !== 'latency') continue
    const { metric, phase, operator, limit } = rule
    const labels = { metric, phase, statistic: statisticText(rule), operator }
    const key = JSON.stringify(labels)
    const known = samples.get(key)?.value ?? limit / 1000
    const value = operator.startsWith('>') ? Math.max(known, limit / 1000) : Math.min(known, limit / 1000)
    samples.set(key, { labels, value })
  }
  return [...samples.values()]
}
