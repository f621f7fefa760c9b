import { expect, test } from 'vitest'
import { limitSentence, nearestLimits } from './nearest-limits.ts'
import { readSample, type SampleName } from './samples/read-sample.ts'

test.each<[SampleName, string]>([
  [
    'pass',
    'No limit was reached; the nearest: push lane of the GMS node, 455/s of 1,101/s at 0.908 ms a POST (41.3 %).',
  ],
  ['fail', 'Beyond their limits: pushes_lost, 1, limit 0; push_latency p99, 2,003 ms of 500 ms.'],
  ['invalid', 'We ourselves, not the target: k6 used 0.97 of 2 cores.'],
  ['interrupted', 'No limit was near; the nearest: delay of our refreshes, p99, 3.28 ms, limit 100 ms (3.3 %).'],
  ['tiny', 'The length of the run: too little was measured for a verdict.'],
])('what limits %s', (name, sentence) => {
  expect(limitSentence(readSample(name))).toBe(sentence)
})

test('a broken rule is no limit, and what no limit is set for limits nothing', () => {
  const result = readSample('fail')
  result.thresholds = []
  expect(limitSentence(result)).toMatch(
    /^No limit was near; a rule was broken; the nearest: push lane of 2 GMS nodes, /,
  )
  result.validity = []
  result.metrics = {}
  expect(limitSentence(result)).toBe('No limit was set, so none was reached.')
})

test('the machine counts with the mean of the steady phase', () => {
  const result = readSample('pass')
  result.thresholds = []
  result.validity = []
  result.metrics = {}
  result.environment.cpus = 2
  // Warm-up 25 s, steady 20 s.
  result.intervals.columns.cpu_machine = Array.from({ length: 57 }, (_, i) => (i >= 25 && i < 45 ? 1.5 : 0.2))
  expect(nearestLimits(result)).toEqual([
    { name: 'the machine of the test', said: '1.50 of 2 cores busy', share: 0.75, isTarget: false },
  ])
})

test('a threshold that wants more is near when there is little more', () => {
  const result = readSample('pass')
  result.thresholds = [
    {
      ...{ metric: 'messages', expression: 'rate>50', limit: 50, value: 62.5, samples: 9 },
      ...{ verdict: 'pass', isDefault: false, text: 'messages rate is 62.5 (limit > 50)' },
    },
  ]
  expect(nearestLimits(result)[0]).toEqual({ name: 'messages', said: '62.5/s of 50/s', share: 0.8, isTarget: true })
})
