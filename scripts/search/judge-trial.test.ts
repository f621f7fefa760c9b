import { expect, it } from 'vitest'
import { readSample } from '../../reports/samples/read-sample.ts'
import { judgeTrial } from './judge-trial.ts'

it('a run that passed is a pass', () => {
  expect(judgeTrial(readSample('pass'))).toEqual({ verdict: 'pass', why: '' })
})

it('a run that passed while its latency grew all the time is a failure: the rate does not last', () => {
  const result = readSample('pass')
  result.intervals.columns.push_latency_p50 = result.intervals.columns.push_latency_p50!.map((_, at) => at * 20)
  expect(judgeTrial(result)).toEqual({
    verdict: 'fail',
    why: 'the target falls behind: push_latency p50 grows by 20 ms each second',
  })
})

it('a run that failed is a failure, with its first reason', () => {
  const result = readSample('fail')
  expect(judgeTrial(result)).toEqual({ verdict: 'fail', why: result.verdict.reasons[0]!.text })
})

it('a run that we limited is inconclusive and our doing', () => {
  const result = readSample('invalid')
  expect(judgeTrial(result)).toEqual({ verdict: 'inconclusive', cause: 'ours', why: result.verdict.reasons[0]!.text })
})

it('too few samples are inconclusive and nobody knows', () => {
  const result = readSample('pass')
  const reason = { exit: 3, kind: 'inconclusive', text: 'not enough samples' } as const
  result.verdict = { ...result.verdict, exit: 3, word: 'invalid', reasons: [reason] }
  expect(judgeTrial(result)).toEqual({ verdict: 'inconclusive', cause: 'unclear', why: 'not enough samples' })
})

it('an interrupted run is no trial', () => {
  expect(judgeTrial(readSample('interrupted'))).toBeUndefined()
})
