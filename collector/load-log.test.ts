import { expect, test } from 'vitest'
import { createLoadLog } from './load-log.ts'

const start = new Date(1_000_000).toISOString()

test('readings are spread over the intervals that they touch, weighted by time', () => {
  const log = createLoadLog()
  log.add('cpu_k6', 1_000_000, 1_001_500, 1)
  log.add('cpu_k6', 1_001_500, 1_002_000, 0)
  log.add('gc_receiver_max', 1_000_200, 1_000_400, 3)
  log.add('gc_receiver_max', 1_000_400, 1_001_200, 9)
  expect(log.columns({ seconds: 1, start }, 3)).toEqual({ cpu_k6: [1, 0.5, null], gc_receiver_max: [9, 9, null] })
})

test('what lies outside the intervals is in none, and a column without any reading is absent', () => {
  const log = createLoadLog()
  log.add('cpu_k6', 999_000, 1_000_500, 2)
  log.add('cpu_k6', 1_001_500, 1_009_000, 1)
  log.add('cpu_late', 1_005_000, 1_006_000, 1)
  log.add('cpu_none', 1_000_000, 1_001_000, Number.NaN)
  expect(log.columns({ seconds: 1, start }, 2)).toEqual({ cpu_k6: [2, 1] })
})
