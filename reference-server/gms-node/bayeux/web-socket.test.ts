import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createManualClock } from '../../time/manual-clock.ts'
import { connect, handshake, publishTo, subscribeTo } from './bayeux-for-tests.ts'
import { startTestEndpoint, type TestEndpoint } from './endpoint-for-tests.ts'

let under: TestEndpoint
beforeAll(async () => {
  under = await startTestEndpoint({ timeoutMs: 200, socketOrigins: ['https://shop.example'] })
})
afterAll(() => under.close())

async function client(path?: string) {
  const socket = await under.socket(path)
  socket.send([handshake])
  const [{ clientId }] = (await socket.frame()) as [{ clientId: string }]
  return { ...socket, clientId, say: (...messages: object[]) => socket.send(messages.map(m => ({ clientId, ...m }))) }
}

test.each(['/genesys/cometd', '/genesys/cometd/', '/genesys/cometd?a=b'])(
  '[BX-140] [BX-142] [BX-145] on %s a whole session is served',
  async path => {
    const { say, frame, webSocket } = await client(path)
    say(connect)
    expect(await frame()).toEqual([{ channel: '/meta/connect', id: '2', successful: true }])
    say(subscribeTo('/demo/ws'))
    expect(await frame()).toMatchObject([{ successful: true }])
    say(connect)
    say(publishTo('/demo/ws', 1), publishTo('/service/echo', 2))
    expect([await frame(), await frame(), await frame()]).toMatchObject([
      [{ channel: '/demo/ws', data: 1 }],
      [{ channel: '/service/echo', data: 2 }],
      [{ successful: true }, { successful: true }],
    ])
    expect(await frame()).toEqual([{ channel: '/meta/connect', id: '2', successful: true }])
    say({ channel: '/meta/disconnect', id: '9' })
    expect(await frame()).toEqual([{ channel: '/meta/disconnect', id: '9', successful: true }])
    webSocket.close()
  },
)

test('[BX-141] an offered sub-protocol is not confirmed', async () => {
  // The client of the tests wants one; its refusal shows that none was named.
  const webSocket = new WebSocket(`${under.url.replace('http', 'ws')}/genesys/cometd`, ['bayeux'])
  const [error] = await once(webSocket, 'error')
  expect(String(error)).toContain('Server sent no subprotocol')
})

test.each(['{', '[]', '7', '[1]', JSON.stringify([handshake, connect])])(
  '[BX-146] [BX-028] the frame %j closes with 1011, and the session goes on elsewhere',
  async frame => {
    const { send, closed, clientId } = await client()
    send(frame)
    expect((await closed)[0]).toBe(1011)
    const next = await under.socket()
    next.send({ ...publishTo('/service/x', 1), clientId })
    expect(await next.frame()).toMatchObject([{ successful: true }])
    next.webSocket.close()
  },
)

test('[BX-147] a message above the bound closes with 1009', async () => {
  const { say, closed } = await client()
  say(publishTo('/service/echo', 'x'.repeat(10_001)))
  expect((await closed)[0]).toBe(1009)
})

test('[BX-148] a binary frame and an empty one are ignored', async () => {
  const { webSocket, say, frame } = await client()
  webSocket.send(Buffer.from('{'))
  webSocket.send('')
  say(publishTo('/service/x', 1))
  expect(await frame()).toMatchObject([{ successful: true }])
  webSocket.close()
})

test('[BX-155] compression is not negotiated by default, and is where it is on', async () => {
  const plain = await under.socket()
  expect(plain.webSocket.extensions).toBe('')
  plain.webSocket.close()
  const packed = await startTestEndpoint({ compression: true })
  const { webSocket, send, frame } = await packed.socket()
  expect(webSocket.extensions).toBe('permessage-deflate')
  send([{ ...handshake, ext: { text: 'x'.repeat(5000) } }])
  expect(await frame()).toMatchObject([{ successful: true }])
  await packed.close()
})

const upgrade = (path: string, headers: Record<string, string> = {}) =>
  new Promise<number>((resolve, reject) => {
    const asked = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', ...headers }
    const key = { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
    const sent = request(under.url + path, { headers: { ...key, ...asked } }, response => {
      response.resume()
      resolve(response.statusCode!)
    })
    sent.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode!)
    })
    sent.on('error', reject)
    sent.end()
  })

test('[BX-140] a socket is to be had at the mount path only, and by who is no page, or a page of an allowed origin', async () => {
  expect(await upgrade('/genesys/cometd')).toBe(101)
  expect(await upgrade('/genesys/cometd/connect')).toBe(400)
  expect(await upgrade('/genesys/2/chat/care')).toBe(404)
  expect(await upgrade('/genesys/cometd', { origin: 'https://shop.example' })).toBe(101)
  expect(await upgrade('/genesys/cometd', { origin: 'https://evil.example' })).toBe(403)
  // A page without an address, for instance in a sandboxed frame, says so.
  expect(await upgrade('/genesys/cometd', { origin: 'null' })).toBe(403)
  expect(await upgrade('/genesys/cometd', { 'sec-websocket-version': '7' })).toBe(400)
  expect(await upgrade('/genesys/cometd', { upgrade: 'h2c' })).toBe(400)
})

test('[BX-184] a node that stops cuts its sockets and fails its polls', async () => {
  const stopping = await startTestEndpoint()
  const { closed } = await stopping.socket()
  const [{ clientId }] = (await stopping.post(handshake)) as [{ clientId: string }]
  await stopping.post({ ...connect, clientId })
  const headers = { cookie: 'BAYEUX_BROWSER=me' }
  const held = stopping.request('/genesys/cometd', {
    method: 'POST',
    headers,
    body: JSON.stringify({ ...connect, clientId }),
  })
  // It is served while the poll is held.
  await stopping.post({ ...publishTo('/service/x', 1), clientId })
  stopping.endpoint.close()
  expect([(await closed)[0], (await held).status]).toEqual([1006, 500])
  await stopping.close()
})

test('a socket on which nothing comes or goes is closed; pings count, and so does a connect that is held', async () => {
  const clock = createManualClock()
  const own = await startTestEndpoint({ idleTimeoutMs: 1000, timeoutMs: 60_000, intervalMs: 0 }, clock)
  const [silent, pinging, waiting] = [await own.socket(), await own.socket(), await own.socket()]
  waiting.send([handshake])
  const [{ clientId }] = (await waiting.frame()) as [{ clientId: string }]
  waiting.send([{ ...connect, clientId }])
  await waiting.frame()
  waiting.send([{ ...connect, clientId }])
  waiting.send([{ ...publishTo('/service/x', 1), clientId }])
  await waiting.frame()
  for (let n = 0; n < 4; n++) {
    clock.advance(500)
    pinging.webSocket.ping()
    await Promise.race([once(pinging.webSocket, 'pong'), pinging.closed])
  }
  expect(await silent.closed).toEqual([1001, 'idle timeout'])
  waiting.send([{ ...publishTo('/service/echo', 'here'), clientId }])
  expect(await waiting.frame()).toMatchObject([{ data: 'here' }])
  // The connect ends, and nobody sends another one.
  clock.advance(60_000)
  for (let n = 0; n < 4; n++) clock.advance(500)
  expect(await waiting.closed).toEqual([1001, 'idle timeout'])
  await own.close()
})

test('[BX-012] [BX-155] long texts and all of Unicode come as they are, with compression and without', async () => {
  for (const compression of [false, true]) {
    const own = await startTestEndpoint({ compression, maxSocketMessageBytes: 1e6, maxQueueBytes: 1e6 })
    const socket = await own.socket()
    socket.send([handshake])
    const [{ clientId }] = (await socket.frame()) as [{ clientId: string }]
    for (const length of [0, 100, 70_000]) {
      const data = `${'ä🙂\u0000\u2028'.repeat(length / 4)}!`
      socket.send([{ ...publishTo('/service/echo', data), clientId }])
      expect([await socket.frame(), await socket.frame()]).toMatchObject([[{ data }], [{ successful: true }]])
    }
    await own.close()
  }
})
