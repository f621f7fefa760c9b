import type { ManualClock } from '../../actors.ts'
import type { FaultGate } from '../../faults/gate.ts'
import type { Log } from '../../log.ts'
import { createManualClock } from '../../time/manual-clock.ts'
import { createSeededRandom } from '../../time/seeded-random.ts'
import type { BayeuxOptions, TransportName } from './bayeux-options.ts'
import { type BayeuxParts, type BayeuxServer, createBayeuxServer } from './bayeux-server.ts'
import type { Carrier } from './carrier.ts'
import type { BayeuxMessage } from './message.ts'
import type { Session } from './session.ts'

export const optionsForTests: BayeuxOptions = {
  path: '/genesys/cometd',
  profile: 'cometd3',
  isStrict: false,
  allowedTransports: ['websocket', 'long-polling', 'callback-polling'],
  timeoutMs: 4000,
  intervalMs: 0,
  maxIntervalMs: 3000,
  maxQueue: 100,
  maxQueueBytes: 10_000,
  maxQueueBytesInTotal: 1_000_000,
  maxMessageBytes: 20_000,
  maxSocketMessageBytes: 10_000,
  maxSessions: 50,
  maxSessionsPerBrowser: 1,
  multiSessionIntervalMs: 2000,
  trustClientSession: false,
  duplicateConnectStatus: 500,
  cookie: {
    name: 'BAYEUX_BROWSER',
    path: '/',
    domain: '',
    maxAge: -1,
    httpOnly: true,
    secure: false,
    sameSite: '',
  },
  corsOrigins: [],
  socketOrigins: [],
  compression: false,
  maxCompressedSockets: 1000,
  idleTimeoutMs: 300_000,
  acknowledgement: false,
  timesync: false,
  echo: true,
}

/** One HTTP request, or one socket: what came out of it. */
export interface TestCarrier extends Carrier {
  /** Over HTTP one list, the answer; on a socket one list per frame. */
  frames: BayeuxMessage[][]
  isFailed: boolean
  isCut: boolean
  unsent: number
}

export interface TestBayeux {
  bayeux: BayeuxServer
  clock: ManualClock
  lines: string[]
  carrier(transport: TransportName, browser?: string): TestCarrier
  /** One request over its own carrier. */
  post(messages: BayeuxMessage | BayeuxMessage[], browser?: string, transport?: TransportName): TestCarrier
  /** A client over HTTP that has shaken hands, with a browser of its own. */
  client(transport?: 'long-polling' | 'callback-polling', browser?: string): TestClient
  /** A client on a socket that has shaken hands. */
  socketClient(): TestClient & { socket: TestCarrier }
}

export interface TestClient {
  clientId: string
  /** @returns the carrier with what came so far. */
  send(...messages: BayeuxMessage[]): TestCarrier
  /** Messages of all answers and frames so far, held connects included. */
  received(): BayeuxMessage[]
}

export function startTestBayeux(
  changes: Partial<BayeuxOptions> = {},
  fault?: () => FaultGate,
  onWrite?: BayeuxParts['onWrite'],
): TestBayeux {
  const clock = createManualClock()
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const log: Log = { debug: say, info: say, warn: say, error: say }
  const random = createSeededRandom(1, 'bayeux')
  const options = { ...optionsForTests, ...changes }
  const bayeux = createBayeuxServer({ options, clock, random, log, fault, ...(onWrite && { onWrite }) })
  let browsers = 0

  function post(messages: BayeuxMessage | BayeuxMessage[], browser = 'b0', transport: TransportName = 'long-polling') {
    const carrier = newCarrier(transport, browser)
    carrier.isFailed = bayeux.exchange(carrier, Array.isArray(messages) ? messages : [messages]) !== undefined
    return carrier
  }
  function clientOn(first: TestCarrier, carrierOf: () => TestCarrier): TestClient {
    const carriers = [first]
    const clientId = String(first.frames[0]![0]!.clientId)
    return {
      clientId,
      send(...messages) {
        const carrier = carrierOf()
        if (!carriers.includes(carrier)) carriers.push(carrier)
        carrier.isFailed =
          bayeux.exchange(
            carrier,
            messages.map(message => ({ clientId, ...message })),
          ) !== undefined
        return carrier
      },
      received: () => carriers.flatMap(each => each.frames.flat()),
    }
  }
  return {
    bayeux,
    clock,
    lines,
    carrier: newCarrier,
    post,
    client(transport = 'long-polling', browser = `b${++browsers}`) {
      return clientOn(post(handshake, browser, transport), () => newCarrier(transport, browser))
    },
    socketClient() {
      const socket = newCarrier('websocket')
      bayeux.exchange(socket, [handshake])
      return { ...clientOn(socket, () => socket), socket }
    },
  }
}

export const handshake: BayeuxMessage = {
  channel: '/meta/handshake',
  id: '1',
  version: '1.0',
  supportedConnectionTypes: ['websocket', 'long-polling', 'callback-polling'],
}
export const connect: BayeuxMessage = { channel: '/meta/connect', id: '2', connectionType: 'long-polling' }
export const subscribeTo = (subscription: unknown): BayeuxMessage => ({
  channel: '/meta/subscribe',
  id: '3',
  subscription,
})
export const publishTo = (channel: string, data: unknown, id = '4'): BayeuxMessage => ({ channel, data, id })

function newCarrier(transport: TransportName, browser = ''): TestCarrier {
  let isDone = false
  return {
    transport,
    browser,
    session: undefined as Session | undefined,
    frames: [],
    isFailed: false,
    isCut: false,
    unsent: 0,
    isOpen() {
      return !this.isCut && !isDone
    },
    unsentBytes() {
      return this.unsent
    },
    send(events, replies) {
      const parsed = (texts: readonly string[]) => texts.map(text => JSON.parse(text) as BayeuxMessage)
      if (transport !== 'websocket') {
        if (isDone) throw new Error('a response is written once')
        isDone = true
        this.frames.push(parsed([...events, ...replies]))
        return
      }
      for (const event of parsed(events)) this.frames.push([event])
      if (replies.length > 0) this.frames.push(parsed(replies))
    },
    fail() {
      this.isFailed = true
      if (transport === 'websocket') this.isCut = true
      isDone = true
    },
  }
}
