import { counters, latencyMetrics, type Phase, phases } from './instants.ts'
import { nearest } from './nearest.ts'

/** A threshold in k6's language: `push_latency p(99)<500`, `push_latency_raw{phase:steady} avg<20`, `pushes_lost count==0`. */
export interface ThresholdRule {
  metric: string
  kind: 'latency' | 'counter'
  /** Latency only; counters count over all phases, rates over the steady one. */
  phase: Phase | 'all'
  statistic: Statistic
  operator: Operator
  limit: number
  /** Aggregation and comparison as they were given. */
  expression: string
  isDefault: boolean
}

export type Statistic = 'avg' | 'min' | 'max' | 'count' | 'rate' | { percentile: number }
export const operators = ['<', '<=', '>', '>=', '==', '===', '!='] as const
export type Operator = (typeof operators)[number]

const series = Object.entries(latencyMetrics).flatMap(([name, { hasRaw }]) => (hasRaw ? [name, `${name}_raw`] : [name]))
export const thresholdMetrics: readonly string[] = [...series, ...counters]

const rule = /^\s*([A-Za-z_][\w-]*)\s*(?:\{([^}]*)\})?\s*:?\s+(.+?)\s*$/
const comparison =
  /^(avg|min|max|med|count|rate|value|p\(\s*(\d+(?:\.\d+)?)\s*\)|\S+?)\s*(===|==|!=|<=|>=|<|>)\s*(\S+)$/

export const thresholdExample = "'push_latency p(99)<500'"

/** @throws Error with a sentence that names what is allowed. */
export function parseThreshold(text: string, isDefault = false): ThresholdRule {
  const parts = rule.exec(text)
  if (!parts)
    throw new Error(`threshold '${text}' is not of the form METRIC EXPRESSION, for example ${thresholdExample}`)
  const [, metric, tags, expression] = parts as unknown as [string, string, string | undefined, string]
  if (!thresholdMetrics.includes(metric)) throw new Error(unknownMetric(text, metric))
  const kind = series.includes(metric) ? 'latency' : 'counter'
  const compared = comparison.exec(expression)
  if (!compared) throw new Error(`threshold '${text}': '${expression}' is no comparison such as p(99)<500 or count==0`)
  const limit = Number(compared[4])
  if (!Number.isFinite(limit)) throw new Error(`threshold '${text}': the limit '${compared[4]}' is not a number`)
  return {
    metric,
    kind,
    phase: phaseOf(text, kind, tags),
    statistic: statisticOf(text, kind, compared[1]!, compared[2]),
    operator: compared[3] as Operator,
    limit,
    expression: tags === undefined ? expression : `{${tags}} ${expression}`,
    isDefault,
  }
}

function unknownMetric(text: string, metric: string): string {
  const meant = nearest(metric, thresholdMetrics)
  const hint = meant ? `did you mean ${meant}?` : ''
  return `threshold '${text}': there is no metric ${metric}; ${hint || `allowed are ${thresholdMetrics.join(', ')}`}`
}

function phaseOf(text: string, kind: ThresholdRule['kind'], tags: string | undefined): ThresholdRule['phase'] {
  if (tags === undefined) return kind === 'latency' ? 'steady' : 'all'
  const phase = /^\s*phase\s*:\s*(\S+)\s*$/.exec(tags)?.[1]
  if (kind === 'counter') throw new Error(`threshold '${text}': counters count over all phases and take no {phase:…}`)
  if (phase === 'all' || (phases as readonly string[]).includes(phase ?? '')) return phase as Phase | 'all'
  throw new Error(
    `threshold '${text}': {${tags}} is not allowed; allowed is {phase:NAME} with ${[...phases, 'all'].join(', ')}`,
  )
}

function statisticOf(
  text: string,
  kind: ThresholdRule['kind'],
  name: string,
  percentile: string | undefined,
): Statistic {
  if (kind === 'counter') {
    if (name === 'count' || name === 'rate') return name
    throw new Error(`threshold '${text}': ${name} is not allowed on a counter; allowed are count and rate`)
  }
  if (percentile !== undefined && Number(percentile) < 100) return { percentile: Number(percentile) }
  if (name === 'med') return { percentile: 50 }
  if (name === 'avg' || name === 'min' || name === 'max') return name
  const allowed = 'avg, min, max, med and p(N) with N below 100'
  throw new Error(`threshold '${text}': ${name} is not allowed on a latency; allowed are ${allowed}`)
}
