export type Transport = 'websocket' | 'long-polling' | 'callback-polling'

/** What all Bayeux clients can do, in one form. */
export interface OfficialClient {
  handshake(): Promise<void>
  /** Subscribes, and hears what comes on the channel. */
  subscribe(channel: string, take: (data: unknown) => void): Promise<void>
  /** @returns when the server has acknowledged it. */
  publish(channel: string, data: object): Promise<void>
  disconnect(): Promise<void>
  /** Where each new session has to subscribe anew. */
  onHandshake?(take: () => void): void
}

/** One that comes back by itself, and tells so: then it has a new session, without the subscriptions of the old one. */
export interface ReturningClient extends OfficialClient {
  onHandshake(take: () => void): void
}

/** Of 3.1, the years that GMS 8.5 comes from, and of today: the same callbacks. */
export interface CometDLike {
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

export function ofCometD(cometd: CometDLike, url: string, transport: Transport): ReturningClient {
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
