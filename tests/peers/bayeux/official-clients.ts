import { createRequire } from 'node:module'
import { CometD } from 'cometd'
import { adapt } from 'cometd-nodejs-client'

export type Transport = 'websocket' | 'long-polling'

/** What all Bayeux clients can do, in one form. */
export interface OfficialClient {
  handshake(): Promise<void>
  /** Subscribes, and hears what comes on the channel. */
  subscribe(channel: string, take: (data: unknown) => void): Promise<void>
  /** @returns when the server has acknowledged it. */
  publish(channel: string, data: object): Promise<void>
  disconnect(): Promise<void>
}

/** One that comes back by itself, and tells so: then it has a new session, without the subscriptions of the old one. */
export interface ReturningClient extends OfficialClient {
  onHandshake(take: () => void): void
}

export type OpenClient = (url: string, transport: Transport) => OfficialClient

/** Of 3.1, the years that GMS 8.5 comes from, and of today: the same callbacks. */
interface CometDLike {
  websocketEnabled: boolean
  configure(settings: { url: string; logLevel: string }): void
  unregisterTransport(name: string): unknown
  handshake(done: (reply: Reply) => void): void
  subscribe(channel: string, take: (message: { data: unknown }) => void, done: (reply: Reply) => void): unknown
  publish(channel: string, data: object, done: (reply: Reply) => void): void
  disconnect(done: (reply: Reply) => void): void
  addListener(channel: string, take: (reply: Reply) => void): unknown
}
interface Reply {
  successful?: boolean
  error?: string
  /** There when no answer came. */
  failure?: { reason?: string }
}

const require = createRequire(import.meta.url)
adapt()

function ofCometD(cometd: CometDLike, url: string, transport: Transport): ReturningClient {
  for (const name of ['websocket', 'long-polling', 'callback-polling'])
    if (name !== transport) cometd.unregisterTransport(name)
  cometd.websocketEnabled = transport === 'websocket'
  cometd.configure({ url, logLevel: 'error' })
  const done = (what: string, call: (take: (reply: Reply) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      call(reply => {
        if (reply.successful) resolve()
        else reject(new Error(`${what} failed: ${reply.error ?? reply.failure?.reason ?? 'no reason'}`))
      })
    })
  return {
    handshake: () => done('handshake', take => cometd.handshake(take)),
    subscribe: (channel, take) =>
      done('subscribe', answered => cometd.subscribe(channel, ({ data }) => take(data), answered)),
    publish: (channel, data) => done('publish', take => cometd.publish(channel, data, take)),
    disconnect: () => done('disconnect', take => cometd.disconnect(take)),
    onHandshake: take => void cometd.addListener('/meta/handshake', reply => reply.successful && take()),
  }
}

export function openCometD(url: string, transport: Transport): ReturningClient {
  return ofCometD(new CometD() as unknown as CometDLike, url, transport)
}

function ofFaye(url: string, transport: Transport): OfficialClient {
  const { Client } = require('faye')
  const client = new Client(url, { timeout: 60 })
  // It negotiates over long polling in any case, and goes on over the best transport that both sides have.
  client.disable('eventsource')
  if (transport === 'long-polling') client.disable('websocket')
  return {
    handshake: () => new Promise((resolve, reject) => client.connect(resolve, reject)),
    subscribe: (channel, take) =>
      new Promise((resolve, reject) => client.subscribe(channel, take).then(() => resolve(), reject)),
    publish: (channel, data) =>
      new Promise((resolve, reject) => client.publish(channel, data).then(() => resolve(), reject)),
    disconnect: () => new Promise(resolve => client.disconnect().then(resolve, resolve)),
  }
}

export const officialClients: Readonly<Record<string, OpenClient>> = {
  'cometd 9': openCometD,
  'cometd 3.1': (url, transport) => ofCometD(new (require('cometd3').CometD)(), url, transport),
  faye: ofFaye,
}
