import { expect, test } from 'vitest'
import type { Result } from '../../schemas/generated/types.ts'
import { findParts } from './part.ts'

/** What is looked at before anything is added. */
function partOf(part: string | undefined, more: Partial<Result> = {}, options: Result['options'] = {}): Result {
  const result = {
    scenario: 'async-chat',
    seed: 7,
    target: { url: 'http://t', reference: false, service: 'customer-support' },
    tool: { name: 'chatgauge', version: '0.1.0' },
    merging: { ready: 0, sent: 0, steady: {}, neverPushed: [] },
    options: { hold: '5s', threshold: ['a', 'b'], receiver: 'http://r', ...(part && { part }), ...options },
  }
  return { ...result, ...more } as unknown as Result
}

const found = (...results: Result[]) => findParts(results.map((result, at) => ({ path: `${at}.json`, result })))

test('parts are found in their order; folder, receiver and what is printed are their own', () => {
  const own = { receiver: 'http://elsewhere', out: 'x', junit: 'y', summary: 'z', quiet: true, json: true }
  const { parts } = found(partOf('2/2', {}, own), partOf('1/2'))
  expect(parts?.map(({ number, of, name, path }) => [number, of, name, path])).toEqual([
    [1, 2, 'part 1 of 2', '1.json'],
    [2, 2, 'part 2 of 2', '0.json'],
  ])
})

const first = partOf('1/2')
const other = (more: Partial<Result>, options: Result['options'] = {}) => partOf('2/2', more, options)

test.each([
  ['another option', [first, other({}, { hold: '9s' })], '0.json has --hold 5s, 1.json 9s: not one run'],
  ['a list', [first, other({}, { threshold: ['a'] })], '0.json has --threshold a; b, 1.json a: not one run'],
  [
    'an option that is missing',
    [first, other({}, { shards: '4' })],
    '0.json has --shards (none), 1.json 4: not one run',
  ],
  ['another seed', [first, other({ seed: 8 })], '0.json has --seed 7, 1.json 8: not one run'],
  [
    'another scenario',
    [first, other({ scenario: 'push-latency' })],
    '0.json has scenario async-chat, 1.json push-latency: not one run',
  ],
  [
    'another target',
    [first, other({ target: { url: 'http://u', reference: false, service: 's' } })],
    '0.json has target http://t, 1.json http://u: not one run',
  ],
  ['another number of parts', [first, partOf('2/3')], '0.json has --part K/N with N = 2, 1.json 3: not one run'],
  [
    'another version',
    [first, other({ tool: { name: 'chatgauge', version: '0.2.0' } })],
    '0.json has chatgauge version 0.1.0, 1.json 0.2.0: not one run',
  ],
  ['a part twice', [first, first, other({})], 'part 1 of 2 is given twice: 0.json and 1.json'],
  ['a part missing', [partOf('1/3'), partOf('3/3')], 'part 2 of 3 is missing'],
  ['a whole run', [first, partOf(undefined)], '1.json is a whole run, not one of the parts that --part K/N makes'],
])('%s is refused with what differs', (_name, results, refusal) => {
  expect(found(...results)).toEqual({ refusal })
})

test('a result without histograms is refused', () => {
  const { merging: _none, ...old } = first
  expect(found(old as Result).refusal).toBe('0.json keeps no histograms: it was written by an older chatgauge')
})
