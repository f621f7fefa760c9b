import { describe, expect, test } from 'vitest'
import { parseRegressionBound } from '../../protocol/regression-bound.ts'
import { readSample } from '../../reports/samples/read-sample.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { compareResults } from './compare-results.ts'
import { regressionFindings } from './findings.ts'
import { resultOf, summaryWith } from './simulated-results.ts'

const p99 = (value: number, low: number, high?: number) => ({
  value,
  low,
  ...(high !== undefined && { high }),
  needs: 368,
})
const withP99 = (...of: Parameters<typeof p99>) => resultOf({ push_latency: summaryWith({ p99: p99(...of) }) })
const rowNamed = (result: Result, baseline: Result, metric: string, statistic = 'p99') =>
  compareResults(result, baseline, 'b').rows.find(row => row.metric === metric && row.statistic === statistic)

describe('a comparison held to nothing', () => {
  test('what is shown to be worse is the verdict', () => {
    const { word, exit, sentence, rows } = compareResults(withP99(20, 19, 21), withP99(10, 9.5, 10.5), 'b')
    expect([word, exit]).toEqual(['worse', 1])
    expect(sentence).toMatch(/^push_latency p99 20 ms, baseline 10 ms: \+100 % \(\+\d+ to \+\d+ %\)$/)
    expect(rows.find(({ statistic }) => statistic === 'p50')).toMatchObject({
      verdict: 'not comparable',
      reason: 'the result has 5,000 samples, 9,999 are needed',
    })
  })

  test('what is better is said, and no difference is no failure', () => {
    expect(compareResults(withP99(10, 9.5, 10.5), withP99(20, 19, 21), 'b')).toMatchObject({ word: 'better', exit: 0 })
    const equal = compareResults(withP99(10, 9, 11), withP99(10.2, 9, 11), 'b')
    expect(equal).toMatchObject({ word: 'no difference shown', exit: 0 })
    expect(equal.sentence).toContain('push_latency p99 10 ms, baseline 10.2 ms: −2 % (')
  })

  test('customers over CometD that heard less lost notifications, and no pushes', () => {
    const heard = (lost: number): Result => {
      const of = resultOf({ notification_latency: summaryWith({ p99: p99(10, 9, 11) }) })
      const counters = { ...of.counters, notifications_lost: lost }
      return { ...of, counters, rates: { ...of.rates, notifications_received: { offered: 100, achieved: 100 } } }
    }
    const { sentence, rows } = compareResults(heard(90), heard(0), 'b')
    expect(sentence).toMatch(/^notifications_lost 90, baseline 0: /)
    expect(rows.map(({ metric }) => metric)).not.toContain('pushes_lost')
    expect(compareResults(heard(0), heard(0), 'b').sentence).toContain('notification_latency p99 10 ms')
    // Who is pushed as well may lose either.
    const both = (lost: number) => ({ ...heard(lost), notificationLedger: { ...heard(0).ledger, expected: 900 } })
    const pushed = compareResults(both(90), both(0), 'b')
    const lostOf = (metric: string) => pushed.rows.find(row => row.metric === metric)
    expect(lostOf('notifications_lost')).toMatchObject({ verdict: 'worse', value: { value: 90, samples: 900 } })
    expect(lostOf('pushes_lost')).toMatchObject({ value: { value: 0 } })
  })

  test('without anything in common there is no verdict', () => {
    const bare = {
      ...resultOf({}),
      coverage: { ...readSample('pass').coverage, answersValidated: 0, pushesValidated: 0 },
    }
    bare.ledger = { ...bare.ledger, expected: 0 }
    expect(compareResults(bare, bare, 'b')).toMatchObject({ word: 'not comparable', exit: 3 })
  })

  test('raw forms, our own delays and what only one of them has are in no verdict', () => {
    const slow = summaryWith({ p99: p99(90, 89, 91) })
    const fast = summaryWith({ p99: p99(9, 8, 10) })
    const names = ['schedule_lateness', 'wakeup_delay']
    const of = (summary: typeof slow) => resultOf(Object.fromEntries(names.map(name => [name, summary])))
    const { word, rows } = compareResults(of(slow), of(fast), 'b')
    expect([word, rows.filter(({ verdict }) => verdict === 'worse').map(({ isJudged }) => isJudged)]).toEqual([
      'no difference shown',
      [false, false],
    ])
    expect(rowNamed(resultOf({ push_latency: fast }), resultOf({}), 'push_latency')).toMatchObject({
      verdict: 'not comparable',
      reason: 'the baseline has no sample',
    })
  })
})

describe('a latency', () => {
  test('that is only known to be at least so much can be worse and never better', () => {
    const lost = resultOf({ push_latency: summaryWith({ p99: { value: 10_000, atLeast: true, low: 10_000 } }) })
    const exact = withP99(10, 9, 11)
    expect(rowNamed(lost, exact, 'push_latency')).toMatchObject({
      verdict: 'worse',
      ratio: { value: expect.closeTo(1000) },
    })
    expect(rowNamed(lost, exact, 'push_latency')!.ratio).not.toHaveProperty('high')
    expect(rowNamed(exact, lost, 'push_latency')).toMatchObject({ verdict: 'better' })
    expect(rowNamed(lost, lost, 'push_latency')).toMatchObject({ verdict: 'no difference shown' })
  })

  test('that the server stamps itself may change by less than one that our timers are part of', () => {
    const of = (metric: string, ms: number) =>
      rowNamed(
        ...([
          resultOf({ [metric]: summaryWith({ p99: p99(ms, ms, ms) }) }),
          resultOf({ [metric]: summaryWith({ p99: p99(0.1, 0.1, 0.1) }) }),
        ] as const),
        metric,
      )!.verdict
    expect([of('queue_wait', 0.5), of('send_latency', 0.5), of('queue_wait', 0.15)]).toEqual([
      ...['worse', 'no difference shown', 'no difference shown'],
    ])
  })

  test('that may bunch nobody knows how is only shown, where others of the same run are known, unless it is asked for', () => {
    const of = (ms: number) => {
      const summary = summaryWith({ p99: p99(ms, ms * 0.99, ms * 1.01) })
      return resultOf({ push_latency: summary, confirm_time: summary }, ['push_latency'])
    }
    const isJudged = (...bounds: string[]) =>
      compareResults(of(20), of(10), 'b', bounds.map(parseRegressionBound)).rows.find(
        ({ metric, statistic }) => metric === 'confirm_time' && statistic === 'p99',
      )!.isJudged
    expect([isJudged(), isJudged('confirm_time p(99) 10%')]).toEqual([false, true])
  })

  test('of which nobody knows how its samples bunch needs three times the distance', () => {
    const of = (value: number, known: string[]) =>
      resultOf({ push_latency: summaryWith({ p99: p99(value, value * 0.94, value * 1.06) }) }, known)
    expect(rowNamed(of(12, ['push_latency']), of(10, ['push_latency']), 'push_latency')!.verdict).toBe('worse')
    expect(rowNamed(of(12, []), of(10, []), 'push_latency')).toMatchObject({
      verdict: 'no difference shown',
      reason: 'samples may bunch: interval 3 times as wide',
    })
  })
})

describe('counts', () => {
  const counting = (lost: number, expected: number, failed = 0): Result => {
    const result = resultOf({})
    result.ledger = { ...result.ledger, expected }
    result.counters = { pushes_lost: lost, requests_failed: failed }
    return result
  }

  test('are compared by their opportunities, fewer is better', () => {
    expect(rowNamed(counting(200, 20_000), counting(20, 2_000), 'pushes_lost', 'count')).toMatchObject({
      verdict: 'no difference shown',
      ratio: { value: 1 },
    })
    expect(rowNamed(counting(200, 20_000), counting(40, 20_000), 'pushes_lost', 'count')!.verdict).toBe('worse')
    expect(rowNamed(counting(0, 20_000), counting(40, 20_000), 'pushes_lost', 'count')!.verdict).toBe('better')
  })

  test('that are zero in both are shown, and three after none prove nothing', () => {
    const none = rowNamed(counting(0, 1_000), counting(0, 1_000), 'requests_failed', 'count')
    expect(none).toMatchObject({ verdict: 'no difference shown', value: { value: 0 }, difference: { value: 0 } })
    expect(none).not.toHaveProperty('ratio')
    expect(rowNamed(counting(3, 1_000), counting(0, 1_000), 'pushes_lost', 'count')!.verdict).toBe(
      'no difference shown',
    )
  })
})

test('of a rate more is better', () => {
  const at = (achieved: number): Result => ({ ...resultOf({}), rates: { messages_sent: { offered: 100, achieved } } })
  expect(rowNamed(at(60), at(100), 'messages_sent', 'rate')!.verdict).toBe('worse')
  expect(rowNamed(at(100), at(60), 'messages_sent', 'rate')!.verdict).toBe('better')
})

describe('held to bounds', () => {
  const bounds = (...texts: string[]) => texts.map(parseRegressionBound)
  const judged = (result: Result, baseline: Result, ...texts: string[]) =>
    compareResults(result, baseline, 'b', bounds(...texts))

  test.each([
    ['well beyond', withP99(20, 19, 21), 'fail', 1, 'regression'],
    ['well within', withP99(10, 9.8, 10.2), 'pass', 0, 'no regression'],
    ['better', withP99(5, 4.8, 5.2), 'pass', 0, 'no regression'],
    ['too wide to tell', withP99(10.3, 8, 14), 'inconclusive', 3, 'inconclusive'],
    ['beyond, but not shown', withP99(12, 8, 16), 'inconclusive', 3, 'inconclusive'],
  ] as const)('%s', (_name, result, verdict, exit, word) => {
    const found = judged(result, withP99(10, 9.8, 10.2), 'push_latency p(99) 10%')
    expect([found.regressions.map(each => each.verdict), found.exit, found.word]).toEqual([[verdict], exit, word])
    expect(found.sentence).toContain('allowed +10 %')
    expect(found.rows.filter(({ isJudged }) => isJudged)).toHaveLength(1)
  })

  test('what is inconclusive says how many samples would tell', () => {
    const { sentence } = judged(withP99(10, 8, 13), withP99(10, 9.8, 10.2), 'push_latency p(99) 10%')
    expect(sentence).toMatch(/about \d+ times as many samples would tell \(a longer --hold\)$/)
  })

  test('a bound in milliseconds is held against the difference', () => {
    const [result, baseline] = [withP99(20, 19.9, 20.1), withP99(10, 9.9, 10.1)]
    expect(judged(result, baseline, 'push_latency p(99) 20ms').word).toBe('no regression')
    expect(judged(result, baseline, 'push_latency p(99) 5ms')).toMatchObject({
      word: 'regression',
      sentence: expect.stringContaining('allowed +5 ms'),
    })
  })

  test('of a rate a fall counts', () => {
    const at = (achieved: number): Result => ({ ...resultOf({}), rates: { messages_sent: { offered: 500, achieved } } })
    expect(judged(at(300), at(500), 'messages_sent rate 10%').word).toBe('regression')
    expect(judged(at(500), at(500), 'messages_sent rate 10%').word).toBe('no regression')
    expect(judged(at(800), at(500), 'messages_sent rate 10%').word).toBe('no regression')
  })

  test('what was not measured is inconclusive, and a broken bound is told before it', () => {
    const found = judged(withP99(20, 19, 21), withP99(10, 9, 11), 'send_latency med 10%', 'push_latency p(99) 10%')
    expect(found.regressions.map(({ verdict }) => verdict)).toEqual(['inconclusive', 'fail'])
    expect(found.sentence).toMatch(/^push_latency p99/)
    expect(found.regressions[0]!.text).toBe('send_latency p50 cannot be compared: the result has no sample')
  })

  test('findings for a verdict: without bounds one for all that is worse, with bounds each', () => {
    const [result, baseline] = [withP99(20, 19, 21), withP99(10, 9, 11)]
    const open = regressionFindings(compareResults(result, baseline, 'b'))
    expect(open.map(({ verdict, text }) => [verdict, text.split(':')[0]])).toEqual([
      ['fail', expect.stringMatching(/^worse than the baseline \(\d+ statistics compared\)$/)],
    ])
    expect(regressionFindings(judged(result, baseline, 'send_latency med 1%', 'push_latency p(99) 1%'))).toEqual([
      { verdict: 'inconclusive', code: 'send_latency', text: expect.any(String) },
      { verdict: 'fail', code: 'push_latency', text: expect.any(String) },
    ])
    expect(regressionFindings(compareResults(baseline, result, 'b'))).toEqual([])
  })
})

test.each([
  ['invalid', 'it is invalid (we were the limit'],
  ['interrupted', 'it was interrupted'],
] as const)('a result that is %s is compared with nothing, nor anything with it', (name, why) => {
  const [bad, good] = [readSample(name), readSample('pass')]
  for (const [pair, who] of [
    [[bad, good], 'the result'],
    [[good, bad], 'the baseline'],
  ] as const) {
    const { word, exit, sentence, rows } = compareResults(pair[0]!, pair[1]!, 'b')
    expect([word, exit, rows]).toEqual(['not comparable', 3, []])
    expect(sentence).toContain(`${who} cannot be compared: ${why}`)
  }
})
