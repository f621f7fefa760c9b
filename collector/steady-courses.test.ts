import { expect, test } from 'vitest'
import type { Series } from '../protocol/instants.ts'
import { createIntervalColumns } from './intervals.ts'
import { steadyCourses, unjudgedSteadiness } from './steady-courses.ts'

const startMs = 1_795_220_000_000
const phases = { startMs, steadyMs: startMs + 5_000, drainMs: startMs + 75_000 }

/** A run of 80 s in which samples are told at the given seconds. */
function intervals(told: Partial<Record<Series, (second: number) => boolean>>) {
  const columns = createIntervalColumns(startMs, 75_000)
  for (let second = 0; second < 80; second += 1) {
    columns.tick(startMs + second * 1_000, 1)
    for (const [series, isTold] of Object.entries(told))
      if (isTold(second)) for (let i = 0; i < 20; i += 1) columns.record(series as Series, 10 + i)
  }
  return columns.finish(startMs + 80_000, 1)
}

test('the pushes of each second of the steady phase, and of no other', () => {
  const [p99, p50] = steadyCourses(intervals({ push_latency: () => true, send_latency: () => true }), phases)
  expect([p99!.name, p50!.name]).toEqual(['push_latency p99', 'push_latency p50'])
  expect(p99!.points).toHaveLength(70)
  expect([p99!.points[0]!.atSeconds, p99!.points.at(-1)!.atSeconds]).toEqual([0, 69])
})

test('the sends where pushes are only told at the end, as of devices that are never silent', () => {
  const found = steadyCourses(intervals({ push_latency: second => second > 75, send_latency: () => true }), phases)
  expect(found.map(({ name }) => name)).toEqual(['send_latency p99', 'send_latency p50'])
})

test('too little to tell is said, not taken for steady', () => {
  const found = steadyCourses(intervals({ push_latency: second => second % 10 === 0 }), phases)
  expect(found).toEqual([])
  expect(unjudgedSteadiness(found)).toEqual([
    'steadiness was not judged: neither push_latency nor notification_latency nor send_latency has samples in 12 parts of the steady phase',
  ])
})
