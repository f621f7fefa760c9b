import { expect, it } from 'vitest'
import { parseOptions, type RunOptions } from '../../scenarios/options.ts'
import { scenarioOf, trialOptions } from './trial-options.ts'

const quick = (varied: keyof typeof scenarioOf, more: [string, string][] = []) =>
  parseOptions([['profile', 'quick'], ...more], scenarioOf[varied]).options!

function pick(options: RunOptions, ...names: (keyof RunOptions)[]) {
  return Object.fromEntries(names.map(name => [name, options[name]]))
}

it.each([true, false])('pushes: the rate of push-latency, whoever speaks there; our agent: %s', hasAgent => {
  const options = trialOptions(quick('pushes'), 'pushes', 160, hasAgent)
  expect(pick(options, 'agent-rate', 'message-rate', 'hold', 'notify-requestor')).toEqual({
    ...{ 'agent-rate': 160, 'message-rate': 0, hold: 10_000, 'notify-requestor': undefined },
  })
})

it('messages: customers write at that rate, all else stays as it was asked', () => {
  const options = trialOptions(quick('messages', [['agent-rate', '7/s']]), 'messages', 300, true)
  expect(pick(options, 'agent-rate', 'message-rate', 'sessions')).toEqual({
    ...{ 'agent-rate': 7, 'message-rate': 300, sessions: 50 },
  })
})

it('sessions: each chat stays as lively as it was asked, and all start within the same time', () => {
  const options = trialOptions(quick('sessions', [['message-rate', '20/s']]), 'sessions', 500, true)
  expect(pick(options, 'sessions', 'arrival', 'message-rate', 'agent-rate')).toEqual({
    ...{ sessions: 500, arrival: 500, 'message-rate': 200, 'agent-rate': 100 },
  })
})

it('at a low rate the steady phase is long enough for the samples of its percentiles', () => {
  expect(trialOptions(quick('pushes'), 'pushes', 10, true).hold).toBe(43_000)
  const strict = quick('pushes', [['threshold', 'push_latency p(99.9)<500']])
  expect(trialOptions(strict, 'pushes', 100, true).hold).toBe(43_000)
})

it('what only the search means is not in its trials', () => {
  const options = quick('pushes', [
    ['vary', 'pushes'],
    ['lowest', '10/s'],
    ['highest', '500'],
    ['most-trials', '9'],
    ['summary', 'x.md'],
    ['out', 'x'],
  ])
  expect([options.lowest, options.highest]).toEqual([10, 500])
  const names = ['vary', 'lowest', 'highest', 'most-trials', 'summary', 'out'] as const
  const trial = trialOptions(options, 'pushes', 100, true)
  expect(names.map(name => trial[name])).toEqual(names.map(() => undefined))
})
