import { afterEach, expect, test } from 'vitest'
import { hostNow } from '../process/host-clock.ts'
import { isResult } from '../schemas/generated/result-validator.js'
import { description, judged } from './fake-judgement.ts'
import { agentJoined, agentText, answer, payloadPush, run, said } from './fake-messages.ts'
import { type FakeRun, startFakeRun } from './fake-run.ts'
import { startFakeShard } from './fake-shard.ts'
import { makeResult } from './result.ts'

// What was not waited for is open, not lost.

let fake: FakeRun
afterEach(() => fake?.close())

const pulled = [agentJoined, said(3)]

test('an interruption is reported with what was measured', async () => {
  fake = await startFakeRun({ observeMs: 60_000 })
  fake.start()
  fake.receiver.push(payloadPush(0, agentJoined))
  fake.shard.row('refresh', { position: 2 }, answer([agentJoined, said(3)], 4))
  fake.shard.flush()
  fake.collector.interrupt('interrupted after 2 s')
  fake.shard.close()
  const facts = await fake.collector.finish()
  expect(facts.counters).toMatchObject({ pushes_received: 1, pushes_open: 1, pushes_lost: 0 })
  expect(judged(facts).verdict).toMatchObject({ exit: 130, sentence: 'async-chat: interrupted after 2 s' })
})

test('our receiver died: the run is stopped and invalid', async () => {
  fake = await startFakeRun()
  fake.start()
  fake.receiver.push(payloadPush(0, agentJoined))
  fake.shard.row('refresh', { position: 2 }, answer(pulled, 4))
  fake.shard.flush()
  await expect.poll(() => fake.collector.progress().pushes).toBe(1)
  await fake.receiver.close()
  await expect.poll(() => fake.shard.isStopped()).toBe(true)
  for (const stage of ['quiet', 'refreshed', 'left'] as const) await fake.shard.stage(stage)
  fake.shard.bye()
  const facts = await fake.collector.finish()
  expect(facts.counters).toMatchObject({ pushes_received: 1, pushes_open: 1, pushes_lost: 0 })
  expect(facts.ledger.imbalances).toContain('receiver: its observations ended in mid-run')
  expect(judged(facts).verdict.reasons[0]).toMatchObject({ exit: 3, kind: 'validity', code: 'ledger' })
})

test('nothing was to be posted to the receiver that died: the run goes on, and a note says so', async () => {
  fake = await startFakeRun({ modeOf: () => 'off', isPushless: true })
  fake.start()
  await fake.receiver.close()
  for (const stage of ['quiet', 'refreshed', 'left'] as const) await fake.shard.stage(stage)
  expect(fake.shard.isStopped()).toBe(false)
  fake.shard.bye()
  const facts = await fake.collector.finish()
  expect(facts.notes).toContain('receiver: its observations ended in mid-run')
  expect(facts.ledger.imbalances).toEqual([])
  expect(facts.own.standstills).toEqual([])
})

test('our receiver went silent: its last POSTs may be missing', async () => {
  fake = await startFakeRun()
  fake.start()
  for (const event of pulled) fake.receiver.push(payloadPush(0, event))
  fake.shard.row('refresh', { position: 2 }, answer(pulled, 4))
  for (const stage of ['quiet', 'refreshed', 'left'] as const) await fake.shard.stage(stage)
  fake.receiver.hang()
  fake.shard.bye()
  const facts = await fake.collector.finish()
  expect(facts.ledger.imbalances).toContain(
    'receiver: no frame came after the last goodbye: its last POSTs may be missing',
  )
  expect(judged(facts).verdict.reasons[0]).toMatchObject({ exit: 3, kind: 'validity', code: 'ledger' })
})

test('k6 was killed', async () => {
  fake = await startFakeRun()
  fake.start()
  fake.shard.row('refresh', { position: 2 }, answer(pulled, 4))
  fake.shard.flush()
  fake.shard.close()
  const facts = await fake.collector.finish()
  expect(facts.counters).toMatchObject({ pushes_open: 2, pushes_lost: 0 })
  expect(judged(facts).verdict).toMatchObject({ exit: 3 })
})

test('interrupted: an open push is as late as it was waited for, and the phases end there', async () => {
  fake = await startFakeRun({ observeMs: 60_000 })
  fake.start()
  const planned = Math.floor(hostNow()) - 300
  const late = { ...said(3), text: agentText(0, 3, planned) }
  fake.shard.row('refresh', { position: 2 }, answer([agentJoined, late], 4))
  fake.shard.flush()
  await fake.shard.heard()
  fake.collector.interrupt('interrupted by the user')
  const atMs = hostNow()
  fake.shard.close()
  const facts = await fake.collector.finish()
  const latency = facts.measured.latency('push_latency', 'steady')!
  expect(latency.min).toBeGreaterThanOrEqual(300)
  expect(latency.min).toBeLessThan(60_000)
  expect(facts.phases.map(({ name }) => name)).toEqual(['warm-up', 'steady', 'drain'])
  expect(Date.parse(facts.phases[2]!.start)).toBeLessThanOrEqual(atMs)
})

test('interrupted before any shard was there: the result is valid all the same', async () => {
  fake = await startFakeRun()
  fake.collector.interrupt('interrupted by the user')
  fake.shard.close()
  const facts = await fake.collector.finish()
  const judgement = judged(facts)
  expect(judgement.verdict.exit).toBe(130)
  const result = makeResult(facts, judgement, description)
  expect(isResult(JSON.parse(JSON.stringify(result))), JSON.stringify(isResult.errors)).toBe(true)
})

test('interrupted while k6 starts: a shard that connects later stops, too, and its phases are cut', async () => {
  fake = await startFakeRun({ shards: [0, 1] })
  fake.collector.interrupt('interrupted by the user')
  const late = await startFakeShard(fake.collector.url, 1)
  await expect.poll(() => late.isStopped()).toBe(true)
  const startMs = hostNow() + 60_000
  late.say({ type: 'hello', run, shard: 1, sessions: 1, startMs, steadyMs: startMs + 1_000, drainMs: startMs + 2_000 })
  await late.heard()
  fake.shard.close()
  late.close()
  const facts = await fake.collector.finish()
  expect(facts.phases.map(({ name, seconds }) => [name, seconds])).toEqual([['warm-up', 0]])
  expect(facts.startedMs).toBeLessThanOrEqual(facts.endedMs)
})
