import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { judged } from './fake-judgement.ts'
import { agentJoined, answer, payloadPush, said } from './fake-messages.ts'
import { type FakeRun, startFakeRun } from './fake-run.ts'
import { type FakeShard, startFakeShard } from './fake-shard.ts'

// What was under way when a socket was cut is missing: the run says so, and nobody waits for what cannot come.

const closing: (() => Promise<unknown>)[] = []
let fake: FakeRun
afterEach(async () => {
  await fake?.close()
  for (const close of closing.splice(0)) await close()
})

const pulled = [agentJoined, said(3)]

async function leave(shard: FakeShard): Promise<void> {
  for (const stage of ['quiet', 'refreshed', 'left'] as const) await shard.stage(stage)
  shard.bye()
}

test('shard to collector: the other shards stop and drain without it, and the run is invalid', async () => {
  fake = await startFakeRun({ shards: [0, 1] })
  fake.start()
  const other = await startFakeShard(fake.collector.url, 1)
  for (const event of pulled) fake.receiver.push(payloadPush(0, event))
  fake.shard.row('refresh', { position: 2 }, answer(pulled, 4))
  fake.shard.flush()
  await fake.shard.heard()
  fake.shard.close()
  await expect.poll(() => other.isStopped()).toBe(true)
  await leave(other)
  const facts = await fake.collector.finish()
  expect(facts.ledger.imbalances).toContain('shard 0 ended without goodbye: its last answers may be missing')
  expect(judged(facts).verdict.reasons[0]).toMatchObject({ exit: 3, kind: 'validity', code: 'ledger' })
  other.close()
})

test('trace: the metrics that need it would be of half a run, and the run is invalid', async () => {
  const control = await startFakeTrace()
  fake = await startFakeRun({ controlUrl: control.url })
  fake.start()
  for (const event of pulled) fake.receiver.push(payloadPush(0, event))
  fake.shard.row('refresh', { position: 2 }, answer(pulled, 4))
  control.cut()
  await control.isCut()
  await leave(fake.shard)
  const facts = await fake.collector.finish()
  const cut = 'trace: it ended in mid-run, and the metrics that need it are of the time before'
  expect(facts.ledger.imbalances).toEqual([cut])
  expect(judged(facts).verdict).toMatchObject({ exit: 3, sentence: expect.stringContaining(cut) })
})

test('trace of a run that was stopped: half of it is a note, and what stopped the run is the reason', async () => {
  const control = await startFakeTrace()
  fake = await startFakeRun({ controlUrl: control.url })
  fake.start()
  fake.shard.flush()
  await fake.shard.heard()
  control.cut()
  await control.isCut()
  fake.collector.interrupt('the reference server was killed')
  await leave(fake.shard)
  const facts = await fake.collector.finish()
  expect(facts.notes).toContainEqual(expect.stringContaining('trace: it ended in mid-run'))
  expect(facts.ledger.imbalances).toEqual([])
})

test('shard to receiver: what a shard says about its socket makes the run invalid', async () => {
  fake = await startFakeRun()
  fake.start()
  for (const event of pulled) fake.receiver.push(payloadPush(0, event))
  fake.shard.row('refresh', { position: 2 }, answer(pulled, 4))
  fake.shard.say({ type: 'error', shard: 0, message: "the receiver's socket ws://…/triggers: closed by the peer" })
  await leave(fake.shard)
  const facts = await fake.collector.finish()
  expect(judged(facts).verdict.reasons[0]).toMatchObject({ exit: 3, kind: 'validity', code: 'script_errors' })
})

async function startFakeTrace() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/trace' })
  await new Promise(done => server.once('listening', done))
  closing.push(() => new Promise(done => server.close(done)))
  let gone = 0
  server.on('connection', socket => socket.once('close', () => (gone += 1)))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => server.clients.forEach(socket => void socket.terminate()),
    isCut: () => expect.poll(() => gone).toBe(1),
  }
}
