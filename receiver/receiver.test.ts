import { once } from 'node:events'
import { request } from 'node:https'
import { connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { selfSignedCertificate } from '../conformance/sink/self-signed.ts'
import { type ObservationFrame, type ObservedPush, readObservations } from '../protocol/stream/observation.ts'
import { type Receiver, type ReceiverSettings, startReceiver } from './main.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function started(settings: Partial<ReceiverSettings> = {}): Promise<Receiver> {
  const receiver = await startReceiver({ port: 0, host: '127.0.0.1', status: 200, log: () => {}, ...settings })
  closing.push(() => receiver.close())
  return receiver
}

async function socketTo(receiver: Receiver, path: string): Promise<{ socket: WebSocket; messages: string[] }> {
  const socket = new WebSocket(receiver.url.replace('http', 'ws') + path)
  const messages: string[] = []
  socket.on('message', data => messages.push(String(data)))
  await once(socket, 'open')
  return { socket, messages }
}

async function collectorOf(
  receiver: Receiver,
  query = '',
): Promise<{ frames: () => ObservationFrame[]; pushes: () => ObservedPush[] }> {
  const { messages } = await socketTo(receiver, `/observations${query}`)
  const frames = () => messages.map(readObservations)
  return { frames, pushes: () => frames().flatMap(frame => frame.pushes) }
}

const soon = { timeout: 5_000, interval: 10 }
const post = (receiver: Receiver, body: string, path = '/push/node-1', type = 'application/json') =>
  fetch(receiver.url + path, { method: 'POST', body, headers: { 'content-type': type } })

function payload(deviceId: string, nextPosition = 12, chatEnded = false): string {
  const event = {
    from: { nickname: 'Ann', participantId: 2, type: 'Agent' },
    index: nextPosition - 1,
    text: 'good morning',
    type: 'Message',
    utcTime: 1600000011000,
  }
  const message = {
    secureKey: 'opaque-cometd-key',
    chatId: 'deprecated',
    nextPosition,
    messages: [event],
    alias: '0',
    chatEnded,
    userId: 'deprecated',
    statusCode: 0,
    monitored: false,
  }
  return JSON.stringify({ message, deviceId })
}

test('[PUSH-150] a notification is answered, observed with its lane, and wakes its shard', async () => {
  const receiver = await started()
  const shard = await socketTo(receiver, '/triggers?run=abc&shard=3')
  const other = await socketTo(receiver, '/triggers?run=abc&shard=4')
  const collector = await collectorOf(receiver)
  const body = payload('cg-abc-3-17')
  const answer = await post(receiver, body)
  expect([answer.status, await answer.text()]).toEqual([200, ''])
  await vi.waitFor(() => expect(collector.pushes()).toHaveLength(1), soon)
  const [push] = collector.pushes()
  expect(push).toEqual({
    received: push!.received,
    answered: push!.answered,
    validated: push!.validated,
    lane: 'node-1',
    inFlight: 0,
    mode: 'payload',
    body,
    violations: [],
  })
  expect(push!.received <= push!.answered && push!.answered <= push!.validated).toBe(true)
  await vi.waitFor(() => expect(shard.messages).toEqual([`17,${push!.received},12,0,0`]), soon)
  expect(other.messages).toEqual([])
  expect(receiver.counts()).toEqual({
    posts: 1,
    observed: 1,
    refused: 0,
    triggersSent: 1,
    triggersUnrouted: 0,
    shards: 2,
  })
})

test('[PUSH-057] the end of a session and the removal of the party end the trigger', async () => {
  const receiver = await started()
  const shard = await socketTo(receiver, '/triggers?run=abc&shard=0')
  await post(receiver, payload('cg-abc-0-1', 9, true))
  const removed = JSON.parse(payload('cg-abc-0-2', 9))
  removed.message.messages[0].userData = { 'notify-attempt': '0', 'notify-position': '-1' }
  await post(receiver, JSON.stringify(removed))
  await post(receiver, '{"deviceId":"cg-abc-0-3"}')
  const lines = () => shard.messages.flatMap(frame => frame.split('\n')).map(line => line.replace(/,[\d.]+,/, ','))
  await vi.waitFor(() => expect(lines()).toEqual(['1,9,1,0', '2,9,1,0', '3,-1,0,0']), soon)
})

test.each([
  ['not JSON', '{"deviceId":"x"'],
  ['an array', '["deviceId"]'],
  ['null', 'null'],
  ['without device', '{"message":{"deviceId":"x"}}'],
  ['with a device that is no string', '{"deviceId":5}'],
  ['empty', ''],
])('a POST that is %s gets 400 with the reason and is forwarded as refused', async (_name, body) => {
  const receiver = await started()
  const collector = await collectorOf(receiver)
  const answer = await post(receiver, body, '/anything', 'text/plain')
  expect(answer.status).toBe(400)
  expect(await answer.json()).toEqual({ error: expect.stringMatching(/^the body /) })
  await vi.waitFor(() => expect(collector.pushes()).toHaveLength(1), soon)
  expect(collector.pushes()[0]).toMatchObject({ mode: 'refused', body, lane: '', violations: [{ rule: 'PUSH-040' }] })
  expect(receiver.counts()).toMatchObject({ posts: 1, observed: 1, refused: 1 })
})

test('a body above 1 MiB gets 413, one that breaks off is observed too, and the next notification is taken', async () => {
  const receiver = await started()
  const collector = await collectorOf(receiver)
  expect((await post(receiver, 'x'.repeat(1024 * 1024 + 1))).status).toBe(413)
  const cut = connect(Number(new URL(receiver.url).port), '127.0.0.1')
  cut.write('POST /push/a HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{')
  await vi.waitFor(() => expect(receiver.counts().posts).toBe(2), soon)
  cut.destroy()
  await vi.waitFor(() => expect(receiver.counts().refused).toBe(2), soon)
  expect((await post(receiver, payload('dev'), '/push/a')).status).toBe(200)
  await vi.waitFor(
    () =>
      expect(collector.pushes().map(push => [push.mode, push.inFlight])).toEqual([
        ['refused', 0],
        ['refused', 0],
        ['payload', 0],
      ]),
    soon,
  )
})

test('[PUSH-070] with a held answer each lane shows how many of its POSTs are unanswered', async () => {
  const receiver = await started({ delay: { kind: 'const', valueMs: 150 } })
  const collector = await collectorOf(receiver)
  await Promise.all(['a', 'a', 'b'].map(lane => post(receiver, payload('dev'), `/push/${lane}`)))
  await post(receiver, payload('dev'), '/push/a')
  await vi.waitFor(() => expect(collector.pushes()).toHaveLength(4), soon)
  const seen = collector.pushes().map(push => `${push.lane}${push.inFlight}`)
  expect(seen.slice(0, 3).toSorted()).toEqual(['a0', 'a1', 'b0'])
  expect(seen[3]).toBe('a0')
})

test('a POST whose sender gave up waiting is in flight no more and is observed as unanswered', async () => {
  const receiver = await started({ delay: { kind: 'const', valueMs: 3_600_000 } })
  const collector = await collectorOf(receiver)
  const abort = new AbortController()
  const held = fetch(`${receiver.url}/push/a`, { method: 'POST', body: payload('dev'), signal: abort.signal })
  await vi.waitFor(() => expect(receiver.counts().posts).toBe(1), soon)
  abort.abort()
  await expect(held).rejects.toThrow()
  await vi.waitFor(() => expect(collector.pushes()).toMatchObject([{ answered: 0, mode: 'payload' }]), soon)
})

test('observations from before the first collector are kept, later collectors count from their connection on', async () => {
  const receiver = await started()
  await post(receiver, payload('dev'))
  await vi.waitFor(() => expect(receiver.counts().observed).toBe(1), soon)
  const first = await collectorOf(receiver)
  await vi.waitFor(() => expect(first.pushes()).toHaveLength(1), soon)
  const second = await collectorOf(receiver)
  await post(receiver, payload('dev', 13))
  await vi.waitFor(() => expect(first.pushes()).toHaveLength(2), soon)
  await vi.waitFor(() => expect(second.pushes()).toHaveLength(1), soon)
  for (const [frames, posts] of [
    [first.frames(), 2],
    [second.frames(), 1],
  ] as const) {
    expect(frames.map(frame => frame.frame)).toEqual(frames.map((_, i) => i + 1))
    expect(frames.at(-1)!.posts).toBe(posts)
  }
})

test('collectors of several runs are shown and count their own, and what belongs to no run that is known', async () => {
  const receiver = await started({ delay: { kind: 'const', valueMs: 30 } })
  const first = await collectorOf(receiver, '?run=abc')
  await socketTo(receiver, '/triggers?run=def&shard=0')
  const devices = ['cg-abc-0-1', 'cg-def-0-1', 'cg-def-0-2', 'cg-old-0-1', 'phone']
  for (const device of devices) await post(receiver, payload(device))
  await post(receiver, 'not JSON')
  await vi.waitFor(() => expect(first.pushes()).toHaveLength(4), soon)
  const second = await collectorOf(receiver, '?run=def')
  const everything = await collectorOf(receiver)
  for (const device of devices) await post(receiver, payload(device))
  const seen = (collector: typeof first) => collector.pushes().map(push => /cg-\w+|phone|not/.exec(push.body)![0])
  await vi.waitFor(() => expect(seen(everything)).toHaveLength(5), soon)
  await vi.waitFor(() => expect(first.frames().at(-1)!.pushes).toEqual([]), soon)
  const others = ['cg-old', 'phone']
  expect(seen(first)).toEqual(['cg-abc', ...others, 'not', 'cg-abc', ...others])
  expect(seen(second)).toEqual(['cg-def', 'cg-def', ...others])
  expect(seen(everything)).toEqual(['cg-abc', 'cg-def', 'cg-def', ...others])
  const counted = [first, second, everything].map(collector => collector.frames().at(-1)!)
  expect(counted.map(({ posts, refused }) => [posts, refused])).toEqual([
    [7, 1],
    [4, 0],
    [5, 0],
  ])
  for (const { frames } of [first, second, everything])
    expect(frames().map(({ frame }) => frame)).toEqual(frames().map((_, at) => at + 1))
})

test('of a run that was known before the first collector its own is kept, and a POST that breaks off is everybody’s', async () => {
  const receiver = await started()
  for (const run of ['abc', 'def']) await socketTo(receiver, `/triggers?run=${run}&shard=0`)
  for (const device of ['cg-abc-0-1', 'cg-def-0-1']) await post(receiver, payload(device))
  const { port } = new URL(receiver.url)
  const broken = connect(Number(port), '127.0.0.1')
  broken.write('POST /push HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{')
  await vi.waitFor(() => expect(receiver.counts().posts).toBe(3), soon)
  const collector = await collectorOf(receiver, '?run=def')
  await vi.waitFor(() => expect(collector.frames().at(-1)?.posts).toBe(2), soon)
  expect(collector.pushes()).toMatchObject([{ body: payload('cg-def-0-1') }])
  broken.destroy()
})

test('a frame comes each second with probe samples and the figures of the process', async () => {
  const receiver = await started()
  const collector = await collectorOf(receiver)
  await vi.waitFor(() => expect(collector.frames().some(frame => frame.intakeMs.length > 0)).toBe(true), soon)
  const frame = collector.frames().find(each => each.intakeMs.length > 0)!
  expect(frame.intakeMs.every(delay => delay >= 0 && delay < 5_000)).toBe(true)
  expect(frame).toMatchObject({ posts: 0, refused: 0, pushes: [] })
  expect(frame.figures!.heapBytes).toBeGreaterThan(1_000_000)
  expect(frame.figures!.rssBytes).toBeGreaterThan(frame.figures!.heapBytes)
  expect(receiver.counts().posts).toBe(0)
})

test('clocks are exchanged on the trigger socket', async () => {
  const receiver = await started()
  const shard = await socketTo(receiver, '/triggers?run=abc&shard=0')
  shard.socket.send('c,1795220172230.125')
  await vi.waitFor(() => expect(shard.messages).toHaveLength(1), soon)
  expect(shard.messages[0]).toMatch(/^c,1795220172230\.125,\d{13}(\.\d+)?$/)
})

test('the status of answers can be chosen, and unknown ways in are refused clearly', async () => {
  const receiver = await started({ status: 503 })
  expect((await post(receiver, payload('dev'))).status).toBe(503)
  const got = await fetch(`${receiver.url}/push/a`)
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
  const stray = new WebSocket(`${receiver.url.replace('http', 'ws')}/triggers?run=abc`)
  const [error] = await once(stray, 'error')
  expect(String(error)).toMatch(/404/)
  expect((await fetch(`${receiver.url}/health`)).status).toBe(200)
})

test('[PUSH-048] with a certificate it takes pushes over HTTPS', async () => {
  const receiver = await started({ tls: selfSignedCertificate() })
  const status = await new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const sent = request(`${receiver.url}/push`, { method: 'POST', rejectUnauthorized: false, headers }, answer => {
      answer.resume()
      resolve(answer.statusCode)
    })
    sent.on('error', reject)
    sent.end(payload('cg-run-0-0'))
  })
  expect([status, receiver.url.slice(0, 8)]).toEqual([200, 'https://'])
  await vi.waitFor(() => expect(receiver.counts().observed).toBe(1), soon)
})
