import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { readObservations } from '../protocol/stream/observation.ts'
import { type Receiver, startReceiver } from './main.ts'
import { createObservationStream } from './observation-stream.ts'

let under: Receiver
beforeAll(async () => {
  const patience = { handshakeMs: 100, requestMs: 200, lookEveryMs: 20 }
  under = await startReceiver({ port: 0, host: '127.0.0.1', status: 200, patience, log: () => {} })
})
afterAll(() => under.close())

/** A connection that leaves its own side open. */
async function open(text: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(under.url).port), host: '127.0.0.1', allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

const upgrade = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'

async function isWell(): Promise<void> {
  expect((await fetch(`${under.url}/push`, { method: 'POST', body: '{"deviceId":"d"}' })).status).toBe(200)
}

test.each(['/x', '//', '//[', '/triggers', '/triggers?run=a&shard=x'])(
  'who wants a WebSocket at %s and is gone before the answer harms nobody',
  async path => {
    for (let n = 0; n < 10; n++) {
      const socket = await open(upgrade(path))
      socket.resetAndDestroy()
    }
    const stays = await open(upgrade(path))
    const [answer] = await once(stays, 'data')
    expect(String(answer)).toContain('HTTP/1.1 404')
    // Whoever leaves its own side open learns that there is no other.
    const isGone = new Promise(resolve => stays.on('close', resolve))
    const again = setInterval(() => stays.write('x'), 1)
    await isGone
    clearInterval(again)
    await isWell()
  },
)

test('[PUSH-070] a POST that never ends is in flight no longer than a minute', async () => {
  const collector = new WebSocket(`${under.url.replace('http', 'ws')}/observations`)
  onTestFinished(() => collector.terminate())
  const pushes: unknown[] = []
  collector.on('message', data => pushes.push(...readObservations(String(data)).pushes))
  await once(collector, 'open')
  const slow = await open('POST /push/node-7 HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{')
  slow.resume()
  await once(slow, 'end')
  await fetch(`${under.url}/push/node-7`, { method: 'POST', body: '{"deviceId":"last"}' })
  await vi.waitFor(() => expect(pushes).toContainEqual(expect.objectContaining({ body: '{"deviceId":"last"}' })))
  expect(pushes.slice(-2)).toMatchObject([
    { lane: 'node-7', mode: 'refused', inFlight: 0 },
    { lane: 'node-7', inFlight: 0 },
  ])
})

test('probes of strangers are no probes of ours, and fill nothing', async () => {
  const collector = new WebSocket(`${under.url.replace('http', 'ws')}/observations`)
  onTestFinished(() => collector.terminate())
  const intakeMs: number[] = []
  collector.on('message', data => intakeMs.push(...readObservations(String(data)).intakeMs))
  await once(collector, 'open')
  const headers = { 'x-probe-sent': '1', 'x-probe-missed': '30000' }
  for (let n = 0; n < 5; n++) await fetch(`${under.url}/probe`, { method: 'POST', headers })
  await vi.waitFor(() => expect(intakeMs.length).toBeGreaterThan(0), { timeout: 5000 })
  expect(Math.max(...intakeMs)).toBeLessThan(100_000)
})

test('what is kept for a collector that is still to come is bounded in bytes, too', () => {
  const figures = { cpuUs: 0, eventLoopMs: [] } as never
  const kept = createObservationStream({
    now: () => 0,
    posts: () => 0,
    refused: () => 0,
    figures: () => figures,
    intakeMs: () => [],
    log: () => {},
  })
  const body = 'x'.repeat(100_000)
  const push = { received: 0, answered: 0, validated: 0, lane: '', inFlight: 0, mode: 'refused', violations: [], body }
  for (let n = 0; n < 1000; n++) kept.add(push as never)
  const frames: string[] = []
  const collector = { send: (frame: string) => frames.push(frame), on: () => {}, bufferedAmount: 0 }
  kept.connect(collector as unknown as WebSocket)
  kept.close()
  // Of five frames with 20 MB each the last three.
  expect(frames.map(frame => readObservations(frame).frame)).toEqual([3, 4, 5])
})
