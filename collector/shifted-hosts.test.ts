import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { hostNow } from '../process/host-clock.ts'
import { type ClockRound, clockAnswer } from '../protocol/stream/clock-exchange.ts'
import { startReceiver } from '../receiver/main.ts'
import { agentJoined, answer, goneAnswer, payloadPush, type SaidEvent, said } from './fake-messages.ts'
import { type FakeRun, startFakeRun } from './fake-run.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A reference server on another host, as far as its trace tells. */
async function tracing(now: () => number) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/trace' })
  await new Promise(done => server.once('listening', done))
  closing.push(() => {
    for (const client of server.clients) client.terminate()
    server.close()
  })
  let frame = 0
  server.on('connection', socket =>
    socket.on('message', data => {
      const answer = clockAnswer(String(data), now())
      if (answer !== undefined) socket.send(answer)
    }),
  )
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    record(...records: unknown[]) {
      frame += 1
      for (const client of server.clients) client.send(JSON.stringify({ frame, records }))
    },
  }
}

const soon = { timeout: 5_000, interval: 10 }
const receiverAheadMs = 3 * 3_600_000
const serverBehindMs = 90_000

test('a trace and a receiver of two other hosts are brought onto one clock', async () => {
  const serverNow = () => hostNow() - serverBehindMs
  const receiver = await startReceiver({
    ...{ port: 0, host: '127.0.0.1', status: 200, log() {} },
    now: () => hostNow() + receiverAheadMs,
  })
  closing.push(() => receiver.close())
  const server = await tracing(serverNow)
  const fake: FakeRun = await startFakeRun({ receiverUrl: receiver.url, controlUrl: server.url })
  closing.push(() => fake.close())
  fake.start()
  fake.shard.flush()
  const atMs = hostNow()
  const rounds: ClockRound[] = [1, 2].map(ms => [atMs + ms, atMs + ms + 0.05 + receiverAheadMs, atMs + ms + 0.1])
  fake.shard.say({ type: 'clock', shard: 0, peer: 'receiver', rounds, boundMs: 0.05 })
  await fake.shard.heard()
  const event = said(3)
  for (const each of [agentJoined, event]) {
    const { body } = payloadPush(0, each)
    server.record(['accepted', 'chat-0', each.index, serverNow(), each.type])
    await fetch(`${receiver.url}/push/node1`, { method: 'POST', body })
  }
  await vi.waitFor(() => expect(receiver.counts().observed).toBe(2), soon)
  await fake.shard.stage('quiet')
  const joined: SaidEvent = { index: 1, type: 'ParticipantJoined', participantId: 1 }
  fake.shard.row('finalRefresh', { position: 1 }, answer([joined, agentJoined, event], 4))
  await fake.shard.stage('refreshed')
  fake.shard.row('disconnect', {}, goneAnswer)
  await fake.shard.stage('left')
  fake.shard.bye()
  const facts = await fake.collector.finish()

  const pipeline = facts.metrics.push_pipeline!.steady!
  expect(pipeline).toMatchObject({ count: 2, negative: 0 })
  // No hour and no minute is in it.
  expect(pipeline.max).toBeLessThan(10_000)
  expect(facts.metrics.push_latency!.steady).toMatchObject({ negative: 0 })
  expect(facts.metrics.push_latency!.steady!.max).toBeLessThan(10_000)
  const ours = facts.clocks.filter(({ from }) => from === 'collector')
  const clocks = new Map(ours.map(clock => [clock.to, clock]))
  for (const [to, offsetMs] of [
    ['receiver', receiverAheadMs],
    ['reference server', -serverBehindMs],
  ] as const) {
    const clock = clocks.get(to)!
    expect(Math.abs(clock.offsetMs - offsetMs)).toBeLessThanOrEqual(clock.boundMs)
    expect(clock.rounds).toBeGreaterThan(5)
  }
  expect(facts.own).toMatchObject({ clockSteps: [], wallClockJumps: [] })
})
