import { expect, test } from 'vitest'
import { createChatServers } from './chat-servers.ts'
import { createClocks } from './clocks.ts'
import { createFailures } from './failures.ts'
import { createHistograms, summariesOf } from './histograms.ts'
import { createIntervalColumns } from './intervals.ts'
import type { RunContext } from './run-context.ts'
import { createStageBooks } from './stage-sums.ts'
import { createTargetNodes } from './target-nodes.ts'
import { createTraceIntake } from './trace-intake.ts'

const targetParts = () => ({
  failedPosts: createFailures(),
  stages: createStageBooks(),
  nodes: createTargetNodes(),
  chatServers: createChatServers(),
})

function traced(nowMs = () => 0) {
  const histograms = createHistograms({ write: () => {}, close: async () => {} }, 0)
  const phases = { startMs: 0, steadyMs: 0, drainMs: 1e9 }
  const columns = createIntervalColumns(0, 10_000)
  const parts = { histograms, columns, ...targetParts() }
  const context = { ...parts, phases, clocks: createClocks(), queueAgeMs: Infinity, nowMs } as unknown as RunContext
  const sums = () =>
    Object.fromEntries(
      Object.entries(summariesOf(histograms.cells, () => [])).map(([name, { all }]) => [name, all!.sum]),
    )
  /** One interval of a second. */
  const stages = () => {
    const { staged, ...rest } = columns.finish(1_000, 0).columns
    return [
      staged,
      ...Object.keys(rest)
        .filter(name => name.startsWith('stage_'))
        .map(name => [name, rest[name]]),
    ]
  }
  return { trace: createTraceIntake(() => context), context, sums, stages }
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

/** Queue and POST of one event; planned so that each stage has a length of its own. */
const post = (chat: string, attempt: number, atMs: number, status = 200) => [
  ['queued', chat, 7, atMs + 1, 'node1', attempt],
  ['begun', chat, 7, atMs + 5, 'node1', attempt],
  ['answered', chat, 7, atMs + 8, 'node1', attempt, status],
]

test('a way that is known instant by instant is summed stage by stage, in whatever order records come', () => {
  for (const isReceivedFirst of [true, false]) {
    const { trace, context, stages, sums } = traced()
    if (isReceivedFirst) trace.received('chat', 7, 1_006)
    trace.take(['accepted', 'chat', 7, 1_000, 'Message', '201'])
    for (const record of post('chat', 0, 1_000)) trace.take(record)
    if (!isReceivedFirst) trace.received('chat', 7, 1_006)
    // A double of the POST changes nothing.
    trace.received('chat', 7, 1_900)
    expect(stages()).toEqual([
      [1],
      ['stage_chat_server', [1]],
      ['stage_queue', [4]],
      ['stage_way', [1]],
      ['stage_answer', [2]],
    ])
    expect(context.stages.all()).toEqual({ steady: { pushes: 1, chatServer: 1, queue: 4, way: 1, answer: 2 } })
    expect(sums()).toEqual({ push_pipeline: 6, queue_wait: 4, push_service_time: 3 })
  }
})

test('a push that came with a repetition only, or whose acceptance is unknown, has no stages', () => {
  const { trace, stages } = traced()
  for (const record of post('unknown', 0, 1_000)) trace.take(record)
  trace.received('unknown', 7, 1_006)
  trace.take(['accepted', 'repeated', 7, 1_000, 'Message', '201'])
  for (const record of post('repeated', 1, 16_000)) trace.take(record)
  trace.received('repeated', 7, 16_006)
  expect(stages()).toEqual([undefined])
})

test('nodes and Chat Servers are told apart', () => {
  const { trace, context } = traced()
  for (const [chat, server] of [
    ['a', '201'],
    ['b', '202'],
  ]) {
    trace.take(['accepted', chat, 1, 900, 'ParticipantJoined', server])
    trace.take(['accepted', chat, 7, 1_000, 'Message', server])
  }
  for (const record of [...post('a', 0, 1_000), ...post('b', 0, 1_000, 0), ...post('b', 1, 2_000)]) trace.take(record)
  trace.received('a', 7, 1_006)
  // An older server does not say where an event was accepted.
  trace.take(['accepted', 'c', 1, 900, 'ParticipantJoined'])
  expect(context.chatServers.all()).toEqual([
    { name: '201', chats: 1, events: 2, notices: 1, untilQueued: expect.objectContaining({ count: 1, max: 1 }) },
    { name: '202', chats: 1, events: 2, notices: 0 },
  ])
  const at = new Date(1_008).toISOString()
  expect(context.failedPosts.all()).toEqual([
    { operation: 'node1', outcome: 'no answer', count: 1, first: at, last: at },
  ])
  expect(context.nodes.all()).toMatchObject([
    {
      name: 'node1',
      posts: 0,
      sent: 3,
      resent: 1,
      failed: 1,
      wait: { count: 3, max: 4 },
      service: { count: 3, max: 3 },
    },
  ])
})
