import { describe, expect, test } from 'vitest'
import { parseThreshold } from '../protocol/threshold.ts'
import { thresholdsInForce, tightestLatencyLimit } from './threshold.ts'
import { evaluateThreshold, type Measured, type MeasuredLatency } from './threshold-evaluation.ts'

const latency = (count: number, value: number, more: Partial<MeasuredLatency> = {}): MeasuredLatency => ({
  count,
  min: value / 2,
  mean: value,
  max: value * 2,
  atLeast: 0,
  isMinAtLeast: false,
  percentile: percentile => (count < 368 && percentile >= 99 ? { value: null, needs: 368 } : { value }),
  plain: () => value,
  ...more,
})

const measured = (more: Partial<Measured> = {}): Measured => ({
  latency: (series, phase) => (series === 'push_latency' && phase === 'steady' ? latency(1_000, 11) : undefined),
  count: () => 0,
  rate: () => 50,
  isTimeScaled: false,
  ...more,
})

const verdictOf = (text: string, more: Partial<Measured> = {}) =>
  evaluateThreshold(parseThreshold(text), measured(more)).verdict

describe('what a threshold means', () => {
  test.each([
    [
      'push_latency p(99)<500',
      {
        metric: 'push_latency',
        kind: 'latency',
        phase: 'steady',
        statistic: { percentile: 99 },
        operator: '<',
        limit: 500,
      },
    ],
    [
      'push_latency_raw p(95) < 200',
      { metric: 'push_latency_raw', phase: 'steady', statistic: { percentile: 95 }, limit: 200 },
    ],
    [
      'push_latency{phase:warm-up} avg<=20',
      { phase: 'warm-up', statistic: 'avg', operator: '<=', expression: '{phase:warm-up} avg<=20' },
    ],
    ['send_latency{phase:all} med<5', { phase: 'all', statistic: { percentile: 50 } }],
    ['pushes_lost count==0', { kind: 'counter', phase: 'all', statistic: 'count', operator: '==', limit: 0 }],
    ['messages_sent rate>50', { kind: 'counter', statistic: 'rate', operator: '>', limit: 50 }],
    ['push_latency p(99.9)<500.5', { statistic: { percentile: 99.9 }, limit: 500.5 }],
  ])('%s', (text, meaning) => {
    expect(parseThreshold(text)).toMatchObject(meaning)
  })

  test.each([
    ['push_latncy p(99)<500', 'there is no metric push_latncy; did you mean push_latency?'],
    ['colour p(99)<500', 'there is no metric colour; allowed are push_latency, push_latency_raw'],
    ['push_latency', 'is not of the form METRIC EXPRESSION'],
    ['push_latency fast', "'fast' is no comparison such as p(99)<500"],
    ['push_latency p(99)<slow', "the limit 'slow' is not a number"],
    ['push_latency rate>50', 'rate is not allowed on a latency; allowed are avg, min, max, med and p(N)'],
    ['push_latency p(100)<50', 'p(100) is not allowed on a latency'],
    ['pushes_lost p(99)<1', 'p(99) is not allowed on a counter; allowed are count and rate'],
    ['push_latency{phase:cruise} p(99)<1', 'allowed is {phase:NAME} with warm-up, steady, drain, all'],
    ['push_latency{node:1} p(99)<1', '{node:1} is not allowed'],
    ['pushes_lost{phase:steady} count==0', 'take no {phase:…}'],
  ])('%s is refused', (text, words) => {
    expect(() => parseThreshold(text)).toThrow(words)
  })

  test('a given threshold replaces the default for that metric only', () => {
    const inForce = thresholdsInForce(['push_latency p(95)<200', 'push_latency p(50)<20'])
    expect(inForce.map(({ metric, expression, isDefault }) => [metric, expression, isDefault])).toEqual([
      ['pushes_lost', 'count==0', true],
      ['requests_failed', 'count==0', true],
      ['push_latency', 'p(95)<200', false],
      ['push_latency', 'p(50)<20', false],
    ])
    expect(tightestLatencyLimit(inForce)).toBe(20)
    expect(tightestLatencyLimit(thresholdsInForce([]))).toBe(500)
    expect(tightestLatencyLimit(thresholdsInForce(['push_latency min>0']))).toBeUndefined()
  })
})

describe('what it decides', () => {
  test.each([
    ['push_latency p(99)<500', {}, 'pass'],
    ['push_latency p(99)<11', {}, 'fail'],
    ['push_latency p(99)<=11', {}, 'pass'],
    ['push_latency min>=5', {}, 'pass'],
    ['push_latency max<20', {}, 'fail'],
    ['send_latency p(99)<500', {}, 'inconclusive'],
    ['push_latency p(99)<500', { latency: () => latency(367, 11) }, 'inconclusive'],
    ['push_latency p(99)<500', { isTimeScaled: true }, 'not-judged'],
    ['push_latency p(99)<500', { isTimeScaled: true, latency: (): undefined => undefined }, 'not-judged'],
    ['pushes_lost count==0', { isTimeScaled: true }, 'pass'],
    ['pushes_lost count==0', { count: () => 1 }, 'fail'],
    ['messages_sent rate>50', {}, 'fail'],
    ['messages_sent rate>=50', {}, 'pass'],
    ['messages_sent rate>50', { rate: () => undefined }, 'inconclusive'],
  ] as const)('%s with %o: %s', (text, more, verdict) => {
    expect(verdictOf(text, more as Partial<Measured>)).toBe(verdict)
  })

  test.each([
    ['push_latency p(99)<500', 10_000, 'fail'],
    ['push_latency p(99)<20000', 10_000, 'inconclusive'],
    ['push_latency p(99)>500', 10_000, 'pass'],
  ])('lost events in the share: %s with at least %d ms: %s', (text, value, verdict) => {
    const sample = latency(1_000, value, { atLeast: 20, percentile: () => ({ value, atLeast: true }) })
    expect(verdictOf(text, { latency: () => sample })).toBe(verdict)
  })

  test('a lost event breaks an upper limit on maximum or mean below W, even as the only sample', () => {
    const one = latency(1, 10_000, { min: 10_000, isMinAtLeast: true, max: 10_000, atLeast: 1 })
    const verdicts = ['max<500', 'avg<500', 'min<500', 'max<20000', 'min>500'].map(text =>
      verdictOf(`push_latency ${text}`, { latency: () => one }),
    )
    expect(verdicts).toEqual(['fail', 'fail', 'fail', 'inconclusive', 'pass'])
  })

  test('says what was found, how much it needs and what the limit is', () => {
    const textOf = (text: string, more = {}) => evaluateThreshold(parseThreshold(text), measured(more)).text
    expect(textOf('push_latency p(99)<500')).toBe('push_latency p99 is 11 ms (limit < 500 ms)')
    expect(textOf('push_latency p(99)<500', { latency: () => latency(36, 11) })).toBe(
      'push_latency: not enough samples (n = 36; p99 needs 368)',
    )
    expect(textOf('pushes_lost count==0', { count: () => 18_204 })).toBe(
      '18,204 pushes were lost (pushes_lost, limit 0)',
    )
  })
})
