import { afterEach, expect, test } from 'vitest'
import { hostNow } from '../process/host-clock.ts'
import { agentJoined, answer, payloadPush, said } from './fake-messages.ts'
import { type FakeRun, startFakeRun } from './fake-run.ts'

let fake: FakeRun
afterEach(() => fake?.close())

test('the queue between shards and collector: each frame has a lag, each second the bytes that k6 still holds', async () => {
  fake = await startFakeRun()
  fake.start()
  for (const event of [agentJoined, said(3)]) fake.receiver.push(payloadPush(0, event))
  fake.shard.row('refresh', { position: 2 }, answer([agentJoined, said(3)], 4))
  fake.shard.flush()
  fake.shard.say({ type: 'state', shard: 0, at: hostNow(), live: 1, inFlight: 0, buffered: 4_096, counts: {} })
  for (const stage of ['quiet', 'refreshed', 'left'] as const) await fake.shard.stage(stage)
  fake.shard.bye()
  const { metrics, intervals, processes } = await fake.collector.finish()
  expect(metrics.sample_lag!.all).toMatchObject({ count: 1, negative: 0 })
  expect(intervals.columns.sample_buffer_max).toContain(4_096)
  expect(processes).toMatchObject([{ name: 'collector' }, { name: 'receiver', gcLongestMs: 0.5, rssMaxBytes: 2_000 }])
  expect(intervals.columns.gc_receiver_max).toContain(0.5)
})
