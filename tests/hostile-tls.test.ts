import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { startReceiver } from '../receiver/main.ts'
import { optionsForTests } from '../reference-server/gms-node/bayeux/bayeux-for-tests.ts'
import { startGmsNode } from '../reference-server/gms-node/gms-node.ts'
import { selfSignedCertificate } from '../reference-server/push-sender/certificate-for-tests.ts'
import { createRealClock } from '../reference-server/time/real-clock.ts'
import { createSeededRandom } from '../reference-server/time/seeded-random.ts'

interface Target {
  port: number
  /** A place of its own that takes WebSockets. */
  sockets: string
  lines: string[]
  close(): Promise<void>
}

function everyone<T>(attacks: readonly T[]): T[] {
  return attacks.flatMap(attack => Array<T>(many).fill(attack))
}

const tls = selfSignedCertificate()
const patience = { handshakeMs: 400, requestMs: 250, lookEveryMs: 25 }
/** Of each kind of client. */
const many = 4

async function node(): Promise<Target> {
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const { port, stop } = await startGmsNode({
    node: 'gms-1',
    cluster: 'GMS_Cluster',
    notificationMode: false,
    host: '127.0.0.1',
    port: 0,
    options: {
      hasService: () => true,
      includePayload: () => false,
      credentials: () => undefined,
      maxMessageBytes: () => 4096,
      maxBodyBytes: () => 4096,
      adminCredentials: () => ({ username: 'a', password: 'b' }),
    },
    log: { debug: say, info: say, warn: say, error: say },
    push: () => {},
    cometd: { options: optionsForTests, clock: createRealClock(), random: createSeededRandom(1, 'tls') },
    tls,
    patience,
  })
  return { port, sockets: '/genesys/cometd', lines, close: () => stop(false) }
}

async function receiver(): Promise<Target> {
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const { url, close } = await startReceiver({ port: 0, host: '127.0.0.1', status: 200, tls, patience, log })
  return { port: Number(new URL(url).port), sockets: '/observations', lines, close }
}

describe.each([
  ['the node', node],
  ['the receiver', receiver],
])('over TLS, %s', (_name, start) => {
  let under: Target
  let linesBefore: number
  beforeAll(async () => {
    under = await start()
    linesBefore = under.lines.length
  })
  afterAll(() => under.close())

  /** Descriptors that the server holds for connections of clients, or will hold once it has accepted them. */
  function held(): number {
    const rows = readFileSync('/proc/net/tcp', 'latin1').split('\n').slice(1, -1)
    const port = under.port.toString(16).toUpperCase().padStart(4, '0')
    return rows.filter(row => {
      const [, local, , state, , , , , , inode] = row.trim().split(/\s+/)
      const isWaiting = ['01', '03', '08'].includes(state!)
      return local!.endsWith(`:${port}`) && state !== '0A' && (inode !== '0' || isWaiting)
    }).length
  }

  /** Connections that leave their own side open, whatever the server does. */
  async function open(attacks: ((socket: Socket) => void)[]): Promise<void> {
    for (const attack of everyone(attacks)) {
      const socket = connect({ port: under.port, host: '127.0.0.1', allowHalfOpen: true })
      onTestFinished(() => void socket.destroy())
      socket.on('error', () => {}).resume()
      await once(socket, 'connect')
      attack(socket)
    }
  }

  async function openTls(attacks: ((socket: TLSSocket) => void)[], options: object = {}): Promise<void> {
    for (const attack of everyone(attacks)) {
      const socket = connectTls({ port: under.port, host: '127.0.0.1', rejectUnauthorized: false, ...options })
      onTestFinished(() => void socket.destroy())
      socket.on('error', () => {})
      await once(socket, 'secureConnect')
      attack(socket)
    }
  }

  /** All descriptors are given back while the clients still have theirs, the next one is served, nothing was said. */
  async function isWell(): Promise<void> {
    // The receiver's own probe has some.
    await vi.waitFor(() => expect(held()).toBeLessThan(many), { timeout: 5000, interval: 10 })
    const sent = request({ port: under.port, path: '/push', method: 'POST', rejectUnauthorized: false }).end('{}')
    const [answer] = await once(sent, 'response')
    answer.resume()
    expect(answer.statusCode).toBeLessThan(500)
    expect(under.lines.slice(linesBefore)).toEqual([])
  }

  test('whoever does not finish the handshake is cut, and others are served', async () => {
    await open([
      () => {},
      socket => socket.write(Buffer.from([22, 3, 1, 2, 0, 1, 0, 1])),
      socket => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'),
      socket => socket.write(randomBytes(300)),
      socket => socket.write(Buffer.concat([Buffer.from([22, 3, 1, 1, 0]), randomBytes(256)])),
      socket => socket.end(),
      socket => socket.write(Buffer.from([22, 3, 1, 2, 0, 1]), () => socket.resetAndDestroy()),
    ])
    await isWell()
  })

  test('whoever sends no whole request after it is cut, and others are served', async () => {
    await openTls([
      () => {},
      socket => socket.write(randomBytes(100)),
      socket => socket.write('POST /push HTTP/1.1\r\n'),
      socket => socket.end('POST /push HTTP/1.1\r\n'),
      socket => socket.write('POST /push HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx'),
      socket => socket.destroy(),
    ])
    await isWell()
  })

  test('who shakes hands over and over is cut after a few, on a WebSocket too', async () => {
    let handshakes = 0
    const again = (socket: TLSSocket) => {
      socket.renegotiate({ rejectUnauthorized: false }, error => {
        if (error || socket.destroyed) return
        handshakes++
        again(socket)
      })
    }
    await openTls([again], { maxVersion: 'TLSv1.2' })
    await isWell()
    const url = `wss://127.0.0.1:${under.port}${under.sockets}`
    const socket = new WebSocket(url, { rejectUnauthorized: false, maxVersion: 'TLSv1.2' })
    socket.on('error', () => {})
    const [{ socket: stream }] = (await once(socket, 'upgrade')) as [{ socket: TLSSocket }]
    again(stream)
    await once(socket, 'close')
    expect(handshakes).toBeLessThanOrEqual(3 * (many + 1))
  })
})
