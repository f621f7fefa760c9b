import { expect, test } from 'vitest'
import type { Html } from '../page/html.ts'
import { readSample } from '../samples/read-sample.ts'
import { selfMeasurement } from './machines.ts'

const textOf = (part: Html) => part.markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('pauses and memory of our processes; what a process does not tell is a dash', () => {
  const result = readSample('pass')
  result.processes = [
    { name: 'k6', cpuMean: 0.5, cpuMax: 1, loopDelayP99Ms: null, heapMaxBytes: null, rssMaxBytes: 1_048_576 },
    {
      name: 'receiver',
      cpuMean: 0.1,
      cpuMax: 0.2,
      loopDelayP99Ms: 1,
      heapMaxBytes: null,
      gcCount: 5,
      gcLongestMs: 17.68,
    },
    { name: 'collector', cpuMean: 0.1, cpuMax: 0.2, loopDelayP99Ms: 1, heapMaxBytes: null, gcCount: 0, gcLongestMs: 0 },
  ]
  expect(textOf(selfMeasurement(result))).toContain(
    'k6 50 % 100 % – – – 1.00 MiB receiver 10 % 20 % 1.00 ms 5, longest 17.7 ms – – collector 10 % 20 % 1.00 ms 0 – –',
  )
})

test('CPU over time is drawn where it was measured', () => {
  const result = readSample('pass')
  expect(textOf(selfMeasurement(result))).not.toContain('CPU over time')
  const { columns } = result.intervals
  columns.cpu_machine = columns.messages!.map(() => 1.5)
  expect(textOf(selfMeasurement(result))).toContain('CPU over time, of')
})

test('clocks: offset, bound, drift, exchanges, and when one was set; older results tell less', () => {
  const result = readSample('pass')
  result.clocks = [
    {
      ...{ from: 'collector', to: 'receiver', offsetMs: -10_800_001.9, boundMs: 0.245, rounds: 1_240 },
      ...{ driftPpm: -101.6, driftBoundPpm: 31.4, steps: [{ at: '2026-11-20T23:20:42.065Z', byMs: -1_999.9 }] },
    },
    { from: 'shard 0', to: 'receiver', offsetMs: 0.012, boundMs: 0.08, driftPpm: null, driftBoundPpm: null, rounds: 3 },
    { from: 'shard 1', to: 'receiver', offsetMs: 0.012, boundMs: 0.08 },
  ]
  expect(textOf(selfMeasurement(result))).toContain(
    [
      'collector receiver −10,800,002 ms ± 0.245 ms −102 ± 32 ppm 1,240 by −2,000 ms at 23:20:42',
      'shard 0 receiver 0.012 ms ± 0.080 ms – 3',
      'shard 1 receiver 0.012 ms ± 0.080 ms – –',
    ].join(' '),
  )
})
