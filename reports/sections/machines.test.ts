import { expect, test } from 'vitest'
import type { Html } from '../page/html.ts'
import { readSample } from '../samples/read-sample.ts'
import { machines } from './machines.ts'

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
  expect(textOf(machines(result))).toContain(
    'k6 50 % 100 % – – – 1.00 MiB receiver 10 % 20 % 1.00 ms 5, longest 17.7 ms – – collector 10 % 20 % 1.00 ms 0 – –',
  )
})

test('CPU over time is drawn where it was measured', () => {
  const result = readSample('pass')
  expect(textOf(machines(result))).not.toContain('CPU over time')
  const { columns } = result.intervals
  columns.cpu_machine = columns.messages!.map(() => 1.5)
  expect(textOf(machines(result))).toContain('CPU over time, of')
})
