import { expect, test } from 'vitest'
import { createClocks } from './clocks.ts'
import { createHistograms, summariesOf } from './histograms.ts'
import type { RunContext } from './run-context.ts'
import { createTraceIntake } from './trace-intake.ts'

function traced(nowMs = () => 0) {
  const histograms = createHistograms({ write: () => {}, close: async () => {} }, 0)
  const phases = { startMs: 0, steadyMs: 0, drainMs: 1e9 }
  const context = { histograms, phases, clocks: createClocks(), queueAgeMs: Infinity, nowMs } as unknown as RunContext
  const sums = () =>
    Object.fromEntries(
      Object.entries(summariesOf(histograms.cells, () => [])).map(([name, { all }]) => [name, all!.sum]),
    )
  return { trace: createTraceIntake(() => context), context, sums }
}

test('one event gives its pipeline, its wait in the queue and its service time', () => {
  const { trace, context, sums } = traced()
  trace.take(['accepted', 'chat', 7, 1_000, 'Message'])
  trace.take(['queued', 'chat', 7, 1_001, 'node1', 0])
  trace.take(['begun', 'chat', 7, 1_005, 'node1', 0])
  trace.received('chat', 7, 1_006)
  trace.take(['answered', 'chat', 7, 1_008, 'node1', 0, 200])
  expect(sums()).toEqual({ push_pipeline: 6, queue_wait: 4, push_service_time: 3 })
  expect(trace.counts()).toEqual({ accepted: 1, begun: 1, acknowledged: 1 })
  expect(context.queueAgeMs).toBe(208)
})

test('the POST may be seen before its trace comes', () => {
  const { trace, sums } = traced()
  trace.received('chat', 7, 1_006)
  trace.take(['accepted', 'chat', 7, 1_000, 'Message'])
  expect(sums()).toEqual({ push_pipeline: 6 })
})

test('a repetition has a wait of its own and no pipeline', () => {
  const { trace, sums } = traced()
  trace.take(['queued', 'chat', 7, 16_001, 'node1', 1])
  trace.take(['begun', 'chat', 7, 16_003, 'node1', 1])
  trace.take(['answered', 'chat', 7, 16_004, 'node1', 1, 0])
  expect(sums()).toEqual({ queue_wait: 2, push_service_time: 1 })
  expect(trace.counts()).toEqual({ accepted: 0, begun: 1, acknowledged: 0 })
})

test('events that are never pushed are forgotten, and what is no record is left out', () => {
  let now = 0
  const { trace, sums } = traced(() => now)
  for (const junk of [null, 7, {}, [], ['accepted'], ['accepted', 'chat', '7', 1]]) trace.take(junk)
  trace.take(['accepted', 'chat', 7, 1_000, 'Message'])
  now = 120_000
  trace.forget(now)
  trace.received('chat', 7, 1_006)
  expect(sums()).toEqual({})
})
