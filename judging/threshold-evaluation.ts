import type { Operator, ThresholdRule } from '../protocol/threshold.ts'
import type { Percentile, Threshold } from '../schemas/generated/types.ts'
import { numberText } from './number-text.ts'
import { samplesNeeded } from './percentile.ts'

/** What a threshold is held against. */
export interface Measured {
  /** undefined = this series has no sample in that phase. */
  latency(series: string, phase: string): MeasuredLatency | undefined
  count(counter: string): number
  /** Per second over the steady phase; undefined = the run had none, or the counter is not told by phase. */
  rate(counter: string): number | undefined
  isTimeScaled: boolean
}

export interface MeasuredLatency {
  count: number
  min: number
  mean: number
  max: number
  /** Samples only known to be at least so much (lost, open, overflow): they make mean and max lower bounds. */
  atLeast: number
  /** The least of them lies below all that was measured: the minimum may be more. */
  isMinAtLeast: boolean
  percentile(percentile: number): Percentile
  /** The value at that rank, however few the samples. */
  plain(percentile: number): number
}

export function evaluateThreshold(rule: ThresholdRule, measured: Measured): Threshold {
  const { metric, expression, limit, isDefault } = rule
  const judged = rule.kind === 'latency' ? judgeLatency(rule, measured) : judgeCounter(rule, measured)
  // On a faster clock a latency is a figure to look at, whatever it is.
  if (rule.kind === 'latency' && measured.isTimeScaled) judged.verdict = 'not-judged'
  return { metric, expression, limit, isDefault, ...judged }
}

type Judged = Pick<Threshold, 'value' | 'samples' | 'verdict' | 'text'>

function judgeCounter({ metric, statistic, operator, limit }: ThresholdRule, measured: Measured): Judged {
  const value = statistic === 'rate' ? measured.rate(metric) : measured.count(metric)
  const samples = measured.count(metric)
  if (value === undefined)
    return {
      value: null,
      samples,
      verdict: 'inconclusive',
      text: `${metric}: no rate was taken in a steady phase`,
    }
  const verdict = holds(value, operator, limit) ? 'pass' : 'fail'
  const unit = statistic === 'rate' ? '/s' : ''
  const inWords = statistic === 'count' ? countWords[metric]?.(value) : undefined
  const bound = `limit ${operator === '==' || operator === '===' ? '' : `${operator} `}${numberText(limit)}${unit}`
  const text = inWords ? `${inWords} (${metric}, ${bound})` : `${metric} is ${numberText(value)}${unit} (${bound})`
  return { value, samples, verdict, text }
}

/** How a person would say it; the metric's name follows in brackets. */
const countWords: Record<string, (count: number) => string> = {
  pushes_lost: count => `${numberText(count)} ${count === 1 ? 'push was' : 'pushes were'} lost`,
  notifications_lost: count => `${numberText(count)} ${count === 1 ? 'notification was' : 'notifications were'} lost`,
  sessions_without_push: count => `${numberText(count)} ${count === 1 ? 'chat' : 'chats'} had no confirmed push`,
  sessions_without_ping: count => `${numberText(count)} ${count === 1 ? 'chat' : 'chats'} had no ping`,
  requests_failed: count => `${numberText(count)} ${count === 1 ? 'request' : 'requests'} failed`,
}

function judgeLatency(rule: ThresholdRule, measured: Measured): Judged {
  const { metric, phase, operator, limit, statistic } = rule
  const sample = measured.latency(metric, phase)
  const where = phase === 'all' ? 'all phases' : `the ${phase} phase`
  if (!sample) return { value: null, samples: 0, verdict: 'inconclusive', text: `${metric} has no sample in ${where}` }
  const samples = sample.count
  const { value, atLeast } = statisticValue(rule, sample)
  if (value === null) {
    const needs = typeof statistic === 'object' ? samplesNeeded(statistic.percentile) : 1
    const text = `${metric}: not enough samples (n = ${numberText(samples)}; ${nameOf(rule)} needs ${numberText(needs)})`
    return { value, samples, verdict: 'inconclusive', text }
  }
  const text = `${metric} ${nameOf(rule)} is ${atLeast ? 'at least ' : ''}${numberText(value)} ms (limit ${operator} ${numberText(limit)} ms)`
  return { value, samples, verdict: judgeValue(value, atLeast, operator, limit), text }
}

/** A value that is only known to be at least so much can break an upper limit and meet a lower one, nothing else. */
function judgeValue(value: number, isAtLeast: boolean, operator: Operator, limit: number): Threshold['verdict'] {
  const isMet = holds(value, operator, limit)
  if (!isAtLeast) return isMet ? 'pass' : 'fail'
  if (operator.startsWith('<')) return isMet ? 'inconclusive' : 'fail'
  if (operator.startsWith('>')) return isMet ? 'pass' : 'inconclusive'
  return 'inconclusive'
}

function statisticValue(
  { statistic }: ThresholdRule,
  sample: MeasuredLatency,
): { value: number | null; atLeast: boolean } {
  if (typeof statistic === 'object') {
    const { value, atLeast = false } = sample.percentile(statistic.percentile)
    return { value, atLeast }
  }
  const value = statistic === 'min' ? sample.min : statistic === 'max' ? sample.max : sample.mean
  return { value, atLeast: statistic === 'min' ? sample.isMinAtLeast : sample.atLeast > 0 }
}

function nameOf({ statistic }: ThresholdRule): string {
  return typeof statistic === 'object' ? `p${statistic.percentile}` : String(statistic)
}

function holds(value: number, operator: Operator, limit: number): boolean {
  switch (operator) {
    case '<':
      return value < limit
    case '<=':
      return value <= limit
    case '>':
      return value > limit
    case '>=':
      return value >= limit
    case '!=':
      return value !== limit
    default:
      return value === limit
  }
}
