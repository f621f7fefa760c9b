import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { ObservedPush, ProcessFigures } from '../protocol/stream/observation.ts'

export interface FakeReceiver {
  url: string
  push(...pushes: ObservedPush[]): void
  /** A frame without pushes; `posts` as the sockets counted them. */
  alive(posts?: number): void
  skipFrame(): void
  /** Keeps its socket and sends nothing any more. */
  hang(): void
  close(): Promise<void>
}

export const fakeFigures: ProcessFigures = {
  cpu: 0.1,
  loopDelayP99Ms: 0.2,
  loopDelayMaxMs: 0.3,
  heapBytes: 1_000,
  rssBytes: 2_000,
  gcCount: 1,
  gcTotalMs: 0.5,
  gcLongestMs: 0.5,
}

export async function startFakeReceiver(): Promise<FakeReceiver> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/observations' })
  await new Promise(done => server.once('listening', done))
  let frame = 0
  let posts = 0
  const send = (pushes: ObservedPush[]) => {
    // Frames before the connection go to nobody, as a receiver's.
    if (server.clients.size === 0) return
    frame += 1
    const rest = { refused: 0, figures: fakeFigures, intakeMs: [0.4] }
    for (const client of server.clients) client.send(JSON.stringify({ frame, pushes, posts, ...rest }))
  }
  const heartbeat = setInterval(() => send([]), 100)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    push(...pushes) {
      posts += pushes.length
      send(pushes)
    },
    alive(count = posts) {
      posts = count
      send([])
    },
    skipFrame() {
      frame += 1
    },
    hang: () => clearInterval(heartbeat),
    close() {
      clearInterval(heartbeat)
      for (const client of server.clients) client.terminate()
      return new Promise(done => server.close(() => done()))
    },
  }
}
