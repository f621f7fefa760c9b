import { expect, it } from 'vitest'
import type { Figure } from './figure.ts'
import type { Source } from './measured.ts'
import { laneFinding, laneTime, pushTimeOfAll, pushTimeOfSearch } from './searched-rate.ts'

const figure = (value: number, low = value, high = value): Figure => ({
  ...{ value, low, high, origin: 'measured', from: 'mean push_service_time' },
})
const search = { name: 'found', holds: 160, breaks: 200, nodes: 1 }

it('[PUSH-072] the limit of a lane is one push after another: nodes / rate', () => {
  expect(pushTimeOfSearch(search)).toEqual({ ...figure(5.625, 5, 6.25), from: 'nodes / limit of search found' })
  expect(pushTimeOfSearch({ ...search, nodes: 2 })).toMatchObject({ low: 10, high: 12.5 })
  expect(pushTimeOfSearch({ ...search, nodes: undefined })).toBeUndefined()
})

it('both agree while the limit is within 10 % of one push after another', () => {
  const finding = (low: number, high: number) => laneFinding(figure(5), figure((low + high) / 2, low, high))
  expect([finding(5.4, 5.7), finding(5.6, 6), finding(4.2, 4.6), finding(4.1, 4.4)]).toEqual([
    'agrees',
    'carries less',
    'agrees',
    'carries more',
  ])
})

it('where both agree the interval holds both, else the more careful one counts', () => {
  const service = figure(5.7, 5.4, 6)
  expect(laneTime(service, figure(5.6, 5.3, 5.8))).toMatchObject({ value: 5.7, low: 5.3, high: 6 })
  const slow = figure(9, 8, 10)
  expect(laneTime(service, slow)).toBe(slow)
  expect(laneTime(service, figure(3, 2.9, 3.1))).toBe(service)
  expect([laneTime(service, undefined), laneTime(undefined, slow)]).toEqual([service, slow])
})

it('a limit is held against its own trials, not against a run with another receiver', () => {
  const source = (name: string, meanMs: number): Source => ({
    name,
    result: {} as Source['result'],
    moments: { count: 1_000, meanMs, deviationMs: 0 },
  })
  const [trial, fast] = [source('trial', 5.6), source('fast', 0.6)]
  const time = pushTimeOfAll([fast, trial], [{ ...search, trials: [trial] }])
  expect(time).toMatchObject({
    value: expect.closeTo(3.1),
    high: 6.25,
    from: expect.stringContaining('limit of search found'),
  })
})
