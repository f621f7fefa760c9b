import { expect, test } from 'vitest'
import { parseRegressionBound } from '../../protocol/regression-bound.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { compareResults } from './compare-results.ts'
import { resultOf, type SimulatedSeries, simulatedSummary } from './simulated-results.ts'

const calm: SimulatedSeries = { medianMs: 80, sigma: 0.5, bunching: 0, seconds: 20, perSecond: 50 }
const bunched: SimulatedSeries = { ...calm, seconds: 60, perSecond: 20, bunching: 0.3 }
const five = ['push_latency', 'request_chat_latency', 'send_latency', 'refresh_latency', 'ping_latency']

function runOf(names: readonly string[], series: SimulatedSeries, uniform: () => number): Result {
  const metrics = Object.fromEntries(names.map(name => [name, simulatedSummary(series, uniform)]))
  return resultOf(metrics, names, series.seconds)
}

/** Of how many pairs any judged latency is called better or worse, and any interval of a change misses the truth. */
function pairs(count: number, names: readonly string[], [now, before]: readonly SimulatedSeries[], seed: string) {
  const uniform = seededUniform(20_261_121, seed)
  const truth = now!.medianMs / before!.medianMs
  let called = 0
  let missed = 0
  for (let pair = 0; pair < count; pair += 1) {
    const { rows } = compareResults(runOf(names, now!, uniform), runOf(names, before!, uniform), 'before')
    const latencies = rows.filter(({ unit, isJudged }) => unit === 'ms' && isJudged)
    expect(latencies).toHaveLength(names.length * 3)
    if (latencies.some(({ verdict }) => verdict === 'better' || verdict === 'worse')) called += 1
    if (latencies.some(({ ratio }) => (ratio!.low ?? 0) > truth || (ratio!.high ?? Infinity) < truth)) missed += 1
  }
  return { called: called / count, missed: missed / count }
}

test.each([
  ['independent samples', calm],
  ['samples that bunch', bunched],
])('of equal pairs with fifteen statistics at most 5 in 100 show any difference: %s', (name, series) => {
  const { called, missed } = pairs(120, five, [series, series], name)
  expect(missed).toBeLessThanOrEqual(0.05)
  expect(called).toBeLessThanOrEqual(0.05)
})

test('of pairs that differ, too, at most 5 in 100 have an interval that misses the truth', () => {
  const { missed } = pairs(150, ['push_latency'], [{ ...bunched, medianMs: 104 }, bunched], 'alone')
  expect(missed).toBeLessThanOrEqual(0.05)
})

/** p99 of 20,000 samples is known within 3 %. */
const long: SimulatedSeries = { ...calm, perSecond: 1_000 }

test('a p99 that is 10 % worse is found in long runs, held to nothing and held to 5 %', () => {
  const uniform = seededUniform(7, 'planted')
  const bound = [parseRegressionBound('push_latency p(99) 5%')]
  const words = Array.from({ length: 12 }, () => {
    const [now, before] = [
      runOf(['push_latency'], { ...long, medianMs: 88 }, uniform),
      runOf(['push_latency'], long, uniform),
    ]
    return [compareResults(now, before, 'b').word, compareResults(now, before, 'b', bound).word]
  })
  expect(words.filter(([open]) => open === 'worse').length).toBeGreaterThanOrEqual(11)
  expect(words.filter(([, bounded]) => bounded === 'regression').length).toBeGreaterThanOrEqual(11)
})

test('equal long runs keep a bound of 10 %, short ones cannot prove it and do not pass for it', () => {
  const uniform = seededUniform(7, 'equal')
  const bound = [parseRegressionBound('push_latency p(99) 10%')]
  const wordsOf = (series: SimulatedSeries) =>
    Array.from({ length: 12 }, () => {
      const [now, before] = [runOf(['push_latency'], series, uniform), runOf(['push_latency'], series, uniform)]
      return compareResults(now, before, 'b', bound).word
    })
  expect(wordsOf(long).filter(word => word === 'no regression').length).toBeGreaterThanOrEqual(11)
  const short = wordsOf({ ...calm, seconds: 10, perSecond: 60 })
  expect(short.filter(word => word === 'inconclusive').length).toBeGreaterThanOrEqual(10)
})
