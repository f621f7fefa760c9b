import { once } from 'node:events'
import { connect as openConnection, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handshake, publishTo } from './bayeux-for-tests.ts'
import { startTestEndpoint, type TestEndpoint } from './endpoint-for-tests.ts'

let under: TestEndpoint
beforeAll(async () => {
  under = await startTestEndpoint({
    maxMessageBytes: 1_000_000,
    maxSocketMessageBytes: 65_536,
    maxQueueBytes: 200_000,
    socketOrigins: ['https://shop.example'],
  })
})
afterAll(() => under.close())

const path = '/genesys/cometd'
const post = `POST ${path} HTTP/1.1\r\nHost: a\r\n`
const upgrade =
  `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'

/** Another client's whole echo, on a socket and over HTTP: the endpoint is well. */
async function isWell(): Promise<void> {
  const socket = await client()
  socket.say(publishTo('/service/echo', 'well'))
  expect(await socket.frame()).toEqual([{ data: 'well', channel: '/service/echo' }])
  socket.webSocket.terminate()
  const [{ clientId }] = (await under.post(handshake)) as [{ clientId: string }]
  expect(await under.post({ ...publishTo('/service/echo', 'well'), clientId })).toMatchObject([{ data: 'well' }, {}])
}

async function client() {
  const socket = await under.socket()
  socket.send([handshake])
  const [{ clientId }] = (await socket.frame()) as [{ clientId: string }]
  return { ...socket, clientId, say: (...messages: object[]) => socket.send(messages.map(m => ({ clientId, ...m }))) }
}

/** A connection that leaves its own side open. */
async function open(): Promise<{ socket: Socket; answer: () => string }> {
  const socket = openConnection({ port: under.port, host: '127.0.0.1', allowHalfOpen: true })
  let answer = ''
  socket.setEncoding('latin1').on('data', text => {
    answer += text
  })
  socket.on('error', () => {})
  await once(socket, 'connect')
  return { socket, answer: () => answer }
}

const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

test.each([
  ['a list', (_clientId: string) => `[${nested}]`, 400],
  ['data', (clientId: string) => `[{"channel":"/service/echo","clientId":"${clientId}","data":${nested}}]`, 400],
  [
    'a subscription',
    (clientId: string) => `{"channel":"/meta/subscribe","clientId":"${clientId}","subscription":${nested}}`,
    400,
  ],
  ['a channel and an id', (clientId: string) => `{"channel":${nested},"clientId":"${clientId}","id":${nested}}`, 200],
])('a hundred thousand lists in each other as %s do no harm', async (_what, body, status) => {
  const [{ clientId }] = (await under.post(handshake)) as [{ clientId: string }]
  const headers = { cookie: 'BAYEUX_BROWSER=me' }
  expect((await under.request(path, { method: 'POST', body: body(clientId), headers })).status).toBe(status)
  await isWell()
})

test('[BX-082] names of what every object has are data like any other', async () => {
  const socket = await client()
  const data = '{"__proto__":{"a":1},"constructor":{"prototype":2},"b":1e400,"b":-0}'
  socket.send(
    `[{"channel":"/meta/subscribe","clientId":"${socket.clientId}","subscription":"/demo/own"},` +
      `{"channel":"/demo/own","clientId":"${socket.clientId}","data":${data},"ext":{"__proto__":1},"__proto__":{"id":"9"}}]`,
  )
  expect(JSON.stringify(await socket.frame())).toBe(
    '[{"channel":"/demo/own","data":{"__proto__":{"a":1},"constructor":{"prototype":2},"b":0},"ext":{"__proto__":1},"__proto__":{"id":"9"}}]',
  )
  socket.webSocket.terminate()
})

test('whatever comes as bytes, and wherever it stops, the endpoint lives on', async () => {
  const json = fc.constantFrom('[', '{"channel":', '"/meta/handshake"', '}', ']', '"\\ud800"', '1e999', '\u0000', 'ÿ')
  const bytes = fc
    .array(fc.oneof(json, fc.string({ unit: 'binary', maxLength: 10 })), { maxLength: 12 })
    .map(parts => parts.join(''))
  const head = fc.constantFrom(
    `${post}Content-Length: 50\r\n\r\n`,
    `${post}Content-Length: 2\r\n\r\n`,
    `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n`,
    `${post}Content-Type: a; charset=utf-16le\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n`,
    `GET ${path}?jsonp=a&message=`,
    `${upgrade}\r\n\u0081\u00ff`,
    `${upgrade}\r\n\u0001\u0080\u0000\u0000\u0000\u0000`,
    upgrade,
    '',
  )
  const requests = fc.array(fc.tuple(head, bytes), { minLength: 1, maxLength: 3 })
  await Promise.all(
    fc.sample(requests, { numRuns: 150, seed: 4 }).map(async pieces => {
      const { socket } = await open()
      socket.write(pieces.flat().join(''), 'latin1')
      socket.destroySoon()
      await new Promise(resolve => socket.on('close', resolve))
    }),
  )
  expect(under.lines.filter(line => line.includes('failed'))).toEqual([])
  await isWell()
})

test('a request that is refused is the end of its connection, also for who leaves it open', async () => {
  const requests = [
    `${upgrade}Origin: https://evil.example\r\n\r\n`,
    `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  ]
  for (const [n, status] of ['403 Forbidden', '400 Bad Request'].entries()) {
    const { socket, answer } = await open()
    socket.write(requests[n]!)
    await once(socket, 'end')
    expect(answer()).toContain(`HTTP/1.1 ${status}`)
    // Whoever is still there is told so.
    const isGone = new Promise(resolve => socket.on('close', resolve))
    const again = setInterval(() => socket.write('x'), 1)
    await isGone
    clearInterval(again)
  }
})

test('a message in ever more pieces is closed with 1008, floods of pings are cut', async () => {
  const pieces = await under.socket()
  for (let n = 0; n < 17_000; n++) pieces.webSocket.send('x', { fin: false })
  expect((await pieces.closed)[0]).toBe(1008)
  const pings = await under.socket()
  pings.webSocket.on('error', () => {})
  pings.webSocket.pause()
  for (let n = 0; n < 5000; n++) pings.webSocket.ping('x'.repeat(125))
  pings.webSocket.resume()
  expect((await pings.closed)[0]).toBe(1006)
  await isWell()
})

test('who asks and asks and reads no answer is cut with a line', async () => {
  const { webSocket, clientId, closed } = await client()
  webSocket.on('error', () => {})
  webSocket.pause()
  const message = JSON.stringify({ ...publishTo('/service/echo', 'x'.repeat(60_000)), clientId })
  const line = 'CometD session closed: its client takes nothing'
  for (const endsAt = performance.now() + 5000; !under.lines.includes(line) && performance.now() < endsAt; )
    await new Promise(resolve => webSocket.send(message, resolve))
  webSocket.resume()
  expect([(await closed)[0], under.lines.includes(line)]).toEqual([1006, true])
  const next = await under.socket()
  next.send({ ...publishTo('/service/echo', 1), clientId })
  expect(await next.frame()).toMatchObject([{ error: '402::Unknown client' }])
  next.webSocket.terminate()
  await isWell()
})
