import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket } from 'ws'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { createRealClock } from '../../time/real-clock.ts'
import { createSeededRandom } from '../../time/seeded-random.ts'
import { type CometdEndpoint, createCometdEndpoint } from '../cometd-endpoint.ts'
import { createSocketServer } from '../socket-server.ts'
import { optionsForTests } from './bayeux-for-tests.ts'
import type { BayeuxOptions } from './bayeux-options.ts'
import type { BayeuxMessage } from './message.ts'

export interface TestEndpoint {
  endpoint: CometdEndpoint
  url: string
  port: number
  lines: string[]
  request(path: string, init?: RequestInit): Promise<{ status: number; headers: Headers; text: string }>
  /** A POST of messages with this cookie; @returns the messages of the answer. */
  post(messages: unknown, cookie?: string, path?: string): Promise<BayeuxMessage[]>
  socket(path?: string, options?: object): Promise<TestSocket>
  close(): Promise<void>
}

export interface TestSocket {
  webSocket: WebSocket
  send(data: unknown): void
  /** The next frame that has not been asked for, whenever it comes. */
  frame(): Promise<BayeuxMessage[]>
  closed: Promise<[code: number, reason: string]>
}

/** The endpoint on a real port. */
export async function startTestEndpoint(
  changes: Partial<BayeuxOptions> = {},
  clock: Clock = createRealClock(),
): Promise<TestEndpoint> {
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const log: Log = { debug: say, info: say, warn: say, error: say }
  const random = createSeededRandom(2, 'endpoint')
  const options = { ...optionsForTests, ...changes }
  const endpoint = createCometdEndpoint({ options, clock, random, log })
  const server = createSocketServer((_request, response) => response.writeHead(404).end('REST'), {
    cometd: endpoint.sockets,
  })
  endpoint.attach(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`

  const request = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(url + path, init)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  return {
    endpoint,
    url,
    port,
    lines,
    request,
    async post(messages, cookie = 'BAYEUX_BROWSER=me', path = options.path) {
      const body = JSON.stringify(messages)
      const headers = { 'content-type': 'application/json', cookie }
      const { text } = await request(path, { method: 'POST', body, headers })
      return JSON.parse(text) as BayeuxMessage[]
    },
    socket: (path = options.path, socketOptions = {}) => openSocket(`ws://127.0.0.1:${port}${path}`, socketOptions),
    async close() {
      endpoint.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function openSocket(url: string, options: object): Promise<TestSocket> {
  const webSocket = new WebSocket(url, options)
  const frames: BayeuxMessage[][] = []
  const waiting: ((frame: BayeuxMessage[]) => void)[] = []
  webSocket.on('message', data => {
    const frame = JSON.parse(String(data)) as BayeuxMessage[]
    const next = waiting.shift()
    if (next) next(frame)
    else frames.push(frame)
  })
  const closed = new Promise<[number, string]>(resolve => {
    webSocket.on('close', (code, reason) => resolve([code, String(reason)]))
  })
  await once(webSocket, 'open')
  return {
    webSocket,
    send: data => webSocket.send(typeof data === 'string' ? data : JSON.stringify(data)),
    frame: () => {
      const frame = frames.shift()
      return frame ? Promise.resolve(frame) : new Promise(resolve => waiting.push(resolve))
    },
    closed,
  }
}
