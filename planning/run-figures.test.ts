import { describe, expect, it } from 'vitest'
import { readSample } from '../reports/samples/read-sample.ts'
import type { Result } from '../schemas/generated/types.ts'
import { exactly, type Figures, valuesOf } from './figure.ts'
import { loadOf } from './load.ts'
import { limitsOfOneNode, sessionsOfOneNode } from './one-node.ts'
import { figuresOfRun } from './run-figures.ts'
import { resendAttemptsOf, resendDelayOf } from './run-options.ts'

function asked(change: (result: Result) => void = () => {}, moments = { count: 1e6, meanMs: 1, deviationMs: 0 }) {
  const result = readSample('pass')
  change(result)
  return figuresOfRun({ name: 'measured', result, moments: moments.count === 0 ? undefined : moments })
}
const answered = (change?: (result: Result) => void) => {
  const answer = asked(change)
  if ('why' in answer) throw new Error(answer.why)
  return answer
}

it('asks the model what the run had: the same pushes, messages and pings come out of it', () => {
  const { figures, mix } = answered()
  const { rates } = readSample('pass')
  const load = loadOf(valuesOf(figures), mix)
  expect(load).toMatchObject({
    pushes: expect.closeTo(rates.pushes_received!.achieved, 6),
    messages: rates.messages_sent!.achieved,
    starts: expect.closeTo(rates.sessions_started!.achieved, 6),
  })
  expect(load.pings / rates.pings_sent!.achieved).toBeCloseTo(1, 2)
})

it('[CS-131] the ping interval is the option where that is what happened, else sessions / pings', () => {
  expect(answered().figures.pingIntervalMs.value).toBe(10_000)
  const seldom = answered(result => Object.assign(result.rates.pings_sent!, { achieved: 100 }))
  expect(seldom.figures.pingIntervalMs.value / 20_000).toBeCloseTo(1, 1)
  const never = answered(result => Object.assign(result.rates.pings_sent!, { achieved: 0 }))
  expect(never.figures.pingIntervalMs.value).toBe(0)
})

it('[CS-060] the repetitions of the run are those of the options it was run with', () => {
  const { figures } = answered(result => {
    result.options.set = ['settings.flex-push-resend-delay=1', 'settings.flex-push-resend-attempts=3']
  })
  expect([figures.resendDelayMs.value, figures.resendAttempts.value]).toEqual([1_000, 3])
  expect(figures.unconfirmedShare.from).toContain('1 s after each')
  expect([resendDelayOf({}), resendAttemptsOf({ set: ['settings.flex-push-resend-delay=x'] })]).toEqual([15_000, 10])
})

it('sessions of one node: as many as keep the headroom of what runs out first, from the ends of the figures and of the model', () => {
  const { figures, mix } = answered()
  const known: Figures = {
    ...figures,
    ...{ sessions: exactly(1_000, 'measured', ''), pushMs: { ...figures.pushMs, value: 1, low: 0.9, high: 1.1 } },
    headroom: exactly(0.3, 'assumed', ''),
  }
  delete known.cpuMs
  const used = limitsOfOneNode(valuesOf(known), mix)[0]!.used
  const { value, low, high } = sessionsOfOneNode(known, mix)
  expect(value).toBeCloseTo(700 / used, 6)
  expect([low < value / 1.2, high > value * 1.2]).toEqual([true, true])
})

it('CPU is what runs out first where an operation costs more than its push', () => {
  const { figures, mix } = answered()
  const limits = limitsOfOneNode({ ...valuesOf(figures), cpuMs: 2 }, mix)
  expect(limits.map(({ name, of }) => `${name} of a ${of}`)).toEqual([
    'CPU of a GMS node',
    'CPU of a Chat Server',
    'push lane of a GMS node',
  ])
})

describe('nothing is planned from', () => {
  it.each([
    ['an invalid run', 'invalid', 'it is invalid'],
    ['an interrupted run', 'interrupted', 'it was interrupted'],
    ['a run with a planted fault', 'fail', 'the fault'],
  ] as const)('%s', (_, name, why) => {
    expect(figuresOfRun({ name, result: readSample(name), moments: undefined })).toEqual({
      why: expect.stringContaining(why),
    })
  })

  it.each<[string, (result: Result) => void, string]>([
    ['a time-scaled run', result => Object.assign(result.target, { timeScale: 60 }), '60 times faster'],
    ['a run without pushes', result => Object.assign(result.options, { push: 'off' }), '--push off'],
    [
      'a run in an unknown mode',
      result => Object.assign(result.options, { push: 'smoke:1' }),
      'push mode is not known',
    ],
    ['a run that pushed nothing', result => Object.assign(result, { rates: {} }), 'nothing was pushed'],
  ])('%s', (_, change, why) => {
    expect(asked(change)).toEqual({ why: expect.stringContaining(why) })
  })

  it('a run whose target tells no push times', () => {
    expect(asked(() => {}, { count: 0, meanMs: 0, deviationMs: 0 })).toEqual({
      why: expect.stringContaining('how long a push takes is not in it'),
    })
  })
})
