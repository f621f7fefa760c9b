import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { usualSettings } from '../../protocol/bayeux/client.ts'
import { createHttp } from '../story/http.ts'
import { createCookieJar } from './cookie-jar.ts'
import { runClient } from './run-client.ts'

interface Message {
  channel: string
  id: string
  data?: unknown
}

/** A server that answers all but a held connect, and fails as often as it is told to. */
function startServer(failures: { left: number }) {
  const paths: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      paths.push(`${request.url} ${request.headers.cookie ?? ''}`.trim())
      if (failures.left-- > 0) return response.writeHead(503).end()
      const messages = JSON.parse(body) as Message[]
      // The second connect is held: nobody answers it.
      if (messages[0]!.channel === '/meta/connect' && !('advice' in messages[0]!)) return undefined
      const replies = messages.map(({ channel, id }) => ({
        ...{ channel, id, successful: true },
        ...(channel === '/meta/handshake' && { clientId: '1a2b3c4d5e6f7g8h9i0j1k2l', version: '1.0' }),
      }))
      const events = messages.filter(each => each.data !== undefined).map(({ channel, data }) => ({ channel, data }))
      response
        .writeHead(200, { 'set-cookie': 'BAYEUX_BROWSER=me; Path=/' })
        .end(JSON.stringify([...events, ...replies]))
    })
  })
  return new Promise<{ server: Server; url: string; paths: string[] }>(resolve => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cometd`, paths }),
    )
  })
}

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

async function run(failures: number) {
  const { server, url, paths } = await startServer({ left: failures })
  const http = createHttp({ timeoutMs: 5_000 })
  const events: unknown[] = []
  const client = runClient(
    { ...usualSettings, transport: 'long-polling', backoffMs: () => 5 },
    { url, http, cookies: createCookieJar(), event: ({ data }) => void events.push(data) },
  )
  open.push(() => {
    client.stop()
    void http.close()
    server.closeAllConnections()
    server.close()
  })
  return { client, events, paths }
}

test('shakes hands, connects, publishes beside the held connect, with its cookie and each to its path', async () => {
  const { client, events, paths } = await run(0)
  expect(await client.until('connected', 5_000)).toBe(true)
  expect(await client.publish('/foo', 'hi')).toMatchObject({ channel: '/foo', successful: true })
  expect(events).toEqual(['hi'])
  expect(paths).toEqual([
    '/cometd/handshake',
    ...Array(2).fill('/cometd/connect BAYEUX_BROWSER=me'),
    '/cometd/ BAYEUX_BROWSER=me',
  ])
})

test('a server that fails at first is tried again, and so is one that cuts the connection', async () => {
  const { client } = await run(3)
  expect(await client.until('connected', 5_000)).toBe(true)
  client.cut()
  expect(await client.until('interrupted', 5_000)).toBe(true)
  expect(await client.until('connected', 5_000)).toBe(true)
  client.stop()
})

test('what is published after the end is told so', async () => {
  const { client } = await run(0)
  await client.until('connected', 5_000)
  client.client.settings.networkDelayMs = 50
  await client.leave()
  expect([client.client.state, await client.publish('/foo', 1)]).toEqual(['ended', 'ended'])
})
