import { expect, test } from 'vitest'
import { readSample } from '../../reports/samples/read-sample.ts'
import { optionNames } from '../../scenarios/options/table.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { whyUnfit } from '../unfit-result.ts'
import { differencesOf, loadOptions, ownOptions, unlikeLoads, warningsOf } from './likeness.ts'

const changed = (options: Result['options'], more: Partial<Result> = {}): Result => {
  const result = readSample('pass')
  return { ...result, run: 'other', ...more, options: { ...result.options, ...options } }
}

test('what shapes the load makes runs unlike; length, seed and what is tried do not', () => {
  const baseline = readSample('pass')
  expect(unlikeLoads(changed({ sessions: 500, 'ping-interval': '1m' }), baseline)).toEqual([
    { name: '--sessions', value: '500', baseline: '2000' },
    { name: '--ping-interval', value: '1m', baseline: '10s' },
  ])
  expect(unlikeLoads(changed({}, { scenario: 'push-latency' }), baseline)).toEqual([
    { name: 'scenario', value: 'push-latency', baseline: 'async-chat' },
  ])
  expect(unlikeLoads(changed({ hold: '2m', seed: 7, 'receiver-delay': '50ms', 'gms-nodes': 2 }), baseline)).toEqual([])
})

test('an option that older results do not have is no difference while it asks for nothing', () => {
  const baseline = readSample('pass')
  expect(unlikeLoads(changed({ 'file-rate': '0/s', 'file-size': '20000' }), baseline)).toEqual([])
  expect(unlikeLoads(changed({ 'file-rate': '5/s', 'file-size': '20000' }), baseline)).toEqual([
    { name: '--file-rate', value: '5/s', baseline: '(none)' },
  ])
})

/** What is tried, and may differ between a result and its baseline. */
const tried = [
  ...['target', 'insecure', 'ca', 'service', 'warm-up', 'hold', 'receiver', 'receiver-delay', 'observe', 'shards'],
  ...['config', 'set', 'gms-nodes', 'chat-servers', 'fault', 'time-scale'],
]

test('of every option of run it is decided whether it shapes the load, is tried, or says nothing about a result', () => {
  expect([...loadOptions, ...ownOptions, ...tried].toSorted()).toEqual([...optionNames].toSorted())
})

test('what differs is named: options, target, programs and machine, not where it was written', () => {
  const baseline = readSample('pass')
  const other = changed(
    { 'receiver-delay': '50ms', out: 'elsewhere', set: ['a.b=1', 'c.d=2'], baseline: 'x' },
    {
      target: { ...baseline.target, gmsNodes: 2, url: 'http://127.0.0.1:1' },
      environment: { ...baseline.environment, cpus: 8, k6: '2.3.0' },
    },
  )
  expect(differencesOf(other, baseline)).toEqual([
    { name: '--receiver-delay', value: '50ms', baseline: 'const(0ms)' },
    { name: '--set', value: 'a.b=1; c.d=2', baseline: '(none)' },
    {
      name: 'target',
      value: 'reference server, 2 GMS nodes, 1 Chat Servers',
      baseline: 'reference server, 1 GMS nodes, 1 Chat Servers',
    },
    { name: 'cpus', value: '8', baseline: '2' },
    { name: 'k6', value: '2.3.0', baseline: '2.2.0' },
  ])
  expect(warningsOf([other], [baseline])).toEqual([
    'they ran on different machines (cpus)',
    'they were measured with different programs (k6)',
  ])
})

test('a run beside itself and an inconclusive one are said', () => {
  const tiny = readSample('tiny')
  expect(warningsOf([tiny], [tiny])).toEqual([
    'both are the same run',
    `the result is inconclusive: ${tiny.verdict.sentence}`,
    `the baseline is inconclusive: ${tiny.verdict.sentence}`,
  ])
})

test('a failed or inconclusive run is a measurement, an invalid, interrupted or time-scaled one is not', () => {
  const scaled = { ...readSample('pass'), target: { ...readSample('pass').target, timeScale: 60 } }
  const whys = [readSample('fail'), readSample('tiny'), readSample('invalid'), readSample('interrupted'), scaled]
  expect(whys.map(result => whyUnfit(result)?.slice(0, 16))).toEqual([
    ...[undefined, undefined, 'it is invalid (w', 'it was interrupt', 'its clock ran 60'],
  ])
})
