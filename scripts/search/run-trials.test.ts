import { expect, it } from 'vitest'
import { readSample } from '../../reports/samples/read-sample.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { runTrials, type SearchParts, type TrialPlan } from './run-trials.ts'
import { answerOf, searchVerdict } from './search-result.ts'

const settings = { from: 40, to: 10_000, isWhole: false, mostTrials: 50 }

/** A run of a target that carries 160 pushes a second, as its result tells. */
function resultAt({ rate, seed }: TrialPlan): Result {
  const result: Result = { ...readSample(rate <= 160 ? 'pass' : 'fail'), seed }
  const pass = readSample('pass')
  return {
    ...result,
    verdict: rate <= 160 ? pass.verdict : { ...result.verdict, exit: 1 },
    rates: { pushes_received: { offered: null, achieved: rate } },
    metrics: { push_service_time: { steady: { ...pass.metrics.push_service_time!.steady!, mean: 6.2 } } },
    intervals: { ...pass.intervals, columns: {} },
  }
}

function searchWith(more: Partial<SearchParts> = {}) {
  const said: string[] = []
  const plans: TrialPlan[] = []
  const runTrial = async (plan: TrialPlan) => {
    plans.push(plan)
    return resultAt(plan)
  }
  const parts = {
    varied: 'pushes',
    settings,
    seed: 2 ** 32 - 2,
    folder: '/f',
    runTrial,
    isStopped: () => false,
  } as const
  return { said, plans, ended: runTrials({ ...parts, say: line => said.push(line), ...more }) }
}

it('a search ends with the rate that its trials confirm, and keeps all of them', async () => {
  const { said, plans, ended } = searchWith()
  const { end, trials } = await ended
  expect(end).toEqual({ kind: 'found', holds: 160, breaks: expect.any(Number) })
  expect(trials.length).toBe(plans.length)
  expect(trials[0]).toEqual({
    ...{ number: 1, rate: 40, purpose: 'grow', verdict: 'pass', why: '', achieved: 40, pushServiceMeanMs: 6.2 },
    ...{ run: expect.any(String), seed: 2 ** 32 - 2, folder: 'trials/01-40' },
    ...{ startedAt: expect.any(String), seconds: expect.any(Number) },
  })
  expect(said[3]).toMatch(/^trial {2}4 {2}grow {5}320 pushes\/s +FAIL {10}\S/)
  expect(answerOf(end, trials)).toEqual({
    answer: {
      holds: 160,
      breaks: expect.any(Number),
      trials: 6,
      achieved: 160,
      pushServiceMeanMs: expect.closeTo(6.2, 9),
    },
  })
})

it('each trial has a seed and a folder of its own', async () => {
  const { plans, ended } = searchWith()
  await ended
  expect(plans.slice(0, 3).map(({ seed }) => seed)).toEqual([2 ** 32 - 2, 2 ** 32 - 1, 0])
  expect(new Set(plans.map(({ folder }) => folder)).size).toBe(plans.length)
})

it('a trial that cannot start ends the search, and the trials before it are kept', async () => {
  let left = 2
  const runTrial = async (plan: TrialPlan) => {
    if (left-- === 0) throw new Error('target http://gms.example cannot be reached')
    return resultAt(plan)
  }
  const { end, trials } = await searchWith({ runTrial }).ended
  expect([end, trials.length]).toEqual([
    { kind: 'stopped', why: 'trial 3: target http://gms.example cannot be reached' },
    2,
  ])
  expect(searchVerdict(end, 'pushes', trials, 61)).toEqual({
    ...{ exit: 2, word: 'could not run', reason: 'stopped' },
    sentence: 'find-capacity: trial 3: target http://gms.example cannot be reached, 2 trials in 1 min 1 s',
  })
})

it('an interrupted trial ends the search as interrupted', async () => {
  const runTrial = async (plan: TrialPlan) => (plan.number === 2 ? readSample('interrupted') : resultAt(plan))
  const { end, trials } = await searchWith({ runTrial }).ended
  expect(searchVerdict(end, 'pushes', trials, 40)).toMatchObject({
    exit: 130,
    sentence: 'find-capacity: interrupted by the user; a trial at 40 pushes/s passed, 1 trial in 40 s',
  })
})

it('a stop between two trials starts no other one', async () => {
  let asked = 0
  const { plans, ended } = searchWith({ isStopped: () => asked++ > 0 })
  expect([(await ended).end, plans.length]).toEqual([{ kind: 'interrupted' }, 1])
})

it('runs that we limited give no answer, but a reason', async () => {
  const runTrial = async (plan: TrialPlan) => (plan.rate > 100 ? readSample('invalid') : resultAt(plan))
  const { end, trials } = await searchWith({ runTrial }).ended
  const verdict = searchVerdict(end, 'pushes', trials, 300)
  expect(verdict).toMatchObject({ exit: 3, word: 'no answer', reason: 'generator-limited' })
  expect(verdict.sentence).toMatch(
    /^find-capacity: generator-limited at 10[\d.]+\/s \(.+\); the thresholds hold up to [\d.]+ pushes\/s/,
  )
})

it('what holds at no rate asked is a failure of the target', async () => {
  const runTrial = async (plan: TrialPlan) => resultAt({ ...plan, rate: 1000 })
  const { end, trials } = await searchWith({ runTrial }).ended
  expect(searchVerdict(end, 'pushes', trials, 300)).toMatchObject({ exit: 1, word: 'fail', reason: 'always-fails' })
})
