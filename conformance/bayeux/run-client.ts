import type { WebSocket } from 'ws'
import {
  type BayeuxClient,
  type ClientSettings,
  type ClientState,
  createClient,
  type Link,
  type Outcome,
} from '../../protocol/bayeux/client.ts'
import {
  batch,
  leave,
  lost,
  opened,
  publish,
  received,
  start,
  subscribe,
  unsubscribe,
  wake,
} from '../../protocol/bayeux/drive.ts'
import { type BayeuxMessage, parseCallback, parseMessages } from '../../protocol/bayeux/message.ts'
import { afterAwake } from '../awake.ts'
import type { Http, HttpRequest } from '../story/http.ts'
import type { CookieJar } from './cookie-jar.ts'

export interface ClientRun {
  /** Of the endpoint. */
  url: string
  http: Http
  cookies: CookieJar
  /** Of every request. */
  headers?: Readonly<Record<string, string>>
  event(message: BayeuxMessage): void
  changed?(state: ClientState, why: string | undefined): void
  /** Every text on the wire. */
  sent?(messages: readonly BayeuxMessage[]): void
  came?(text: string, messages: readonly BayeuxMessage[] | undefined): void
}

/** A Bayeux client over real sockets. */
export interface RunningClient {
  readonly client: BayeuxClient
  publish(channel: string, data: unknown): Promise<Outcome>
  /** All in one request or frame. */
  batch(messages: readonly (readonly [channel: string, data: unknown])[]): Promise<Outcome>[]
  subscribe(channel: string): Promise<Outcome>
  unsubscribe(channel: string): Promise<Outcome>
  /** Resolves when it holds, with false when it did not within the time. */
  until(state: ClientState, limitMs: number): Promise<boolean>
  leave(): Promise<void>
  /** Cuts all connections; the client comes back by itself. */
  cut(): void
  /** Is gone without a word. */
  stop(): void
}

/** A held connect is limited by the client itself, not by HTTP. */
const longestPollMs = 600_000

export function runClient(settings: ClientSettings, run: ClientRun): RunningClient {
  const now = () => performance.now()
  const links = new Map<Link, { cut(): void; socket?: WebSocket }>()
  const outcomes = new Map<string, (outcome: Outcome) => void>()
  const early = new Map<string, Outcome>()
  const waiting = new Set<() => void>()
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  const client = createClient(undefined, settings, {
    open,
    send,
    drop(_, link) {
      const known = links.get(link)
      links.delete(link)
      if (known?.socket?.readyState === 1) known.socket.close(1000)
      else known?.cut()
    },
    wakeAt: (_, atMs) => wakeNotBefore(atMs),
    event: (_, message) => run.event(message),
    outcome(_, { id = '' }, outcome) {
      const tell = outcomes.get(id)
      // Told before anybody could ask: nothing is sent any more.
      if (tell) tell(outcome)
      else early.set(id, outcome)
      outcomes.delete(id)
    },
    changed(_, state, why) {
      run.changed?.(state, why)
      for (const look of waiting) look()
    },
  })

  /** A timer of Node may fire a fraction of a millisecond early. */
  function wakeNotBefore(atMs: number): void {
    clearTimeout(timer)
    const tell = () => (now() < atMs ? wakeNotBefore(atMs) : wake(client, now()))
    timer = setTimeout(tell, Math.max(0, Math.ceil(atMs - now())))
  }

  function open(_: unknown, link: Link): void {
    const cookie = run.cookies.header()
    const headers = { ...run.headers, ...(cookie === '' ? {} : { cookie }) }
    const socket = run.http.webSocket({ url: run.url, headers })
    links.set(link, { cut: () => socket.terminate(), socket })
    socket.on('open', () => !isStopped && opened(client, now(), link))
    socket.on('message', data => take(link, String(data), parseMessages(String(data))))
    // Whatever went wrong, the close that follows counts.
    socket.on('error', () => {})
    socket.on('close', code => fail(link, `WebSocket closed with ${code}`))
  }

  function send(_: unknown, link: Link, messages: readonly BayeuxMessage[]): void {
    run.sent?.(messages)
    const socket = links.get(link)?.socket
    if (socket) {
      socket.send(JSON.stringify(messages))
      return
    }
    const aborting = new AbortController()
    links.set(link, { cut: () => aborting.abort() })
    const request = requestOf(link, messages)
    run.http.send({ ...request, timeoutMs: longestPollMs, signal: aborting.signal }).then(
      ({ status, headers, text }) => {
        run.cookies.take(headers['set-cookie'])
        const parsed =
          settings.transport === 'callback-polling' ? parseCallback(text, callbackOf(link)) : parseMessages(text)
        take(link, text, status === 200 ? parsed : undefined, `HTTP ${status}`)
      },
      (error: Error) => fail(link, error.message),
    )
  }

  /** Where the common clients send what: each meta message to a path of its own. */
  function requestOf(link: Link, messages: readonly BayeuxMessage[]): HttpRequest {
    const cookie = run.cookies.header()
    const headers = { ...run.headers, ...(cookie === '' ? {} : { cookie }) }
    const suffix = /^\/meta\/(handshake|connect|disconnect)$/.exec(messages[0]?.channel ?? '')?.[1] ?? ''
    const url = `${run.url}/${suffix}`
    const text = JSON.stringify(messages)
    if (settings.transport === 'callback-polling') {
      const query = `jsonp=${callbackOf(link)}&message=${encodeURIComponent(text)}`
      return { method: 'GET', url: `${url}?${query}`, headers }
    }
    return { method: 'POST', url, headers: { ...headers, 'content-type': 'application/json' }, body: text }
  }

  function take(link: Link, text: string, messages: readonly BayeuxMessage[] | undefined, why = 'no messages'): void {
    if (isStopped) return
    run.came?.(text, messages)
    const isSocket = links.get(link)?.socket !== undefined
    if (!isSocket) links.delete(link)
    if (messages && messages.length > 0) received(client, now(), link, messages)
    else if (!isSocket) lost(client, now(), link, why)
  }

  function fail(link: Link, why: string): void {
    if (!links.delete(link) || isStopped) return
    lost(client, now(), link, why)
  }

  function outcomeOf(id: string): Promise<Outcome> {
    const known = early.get(id)
    early.delete(id)
    return known !== undefined ? Promise.resolve(known) : new Promise(resolve => outcomes.set(id, resolve))
  }

  function until(state: ClientState, limitMs: number): Promise<boolean> {
    if (client.state === state) return Promise.resolve(true)
    return new Promise(resolve => {
      const done = (held: boolean) => {
        callOff()
        waiting.delete(look)
        resolve(held)
      }
      const look = () => void (client.state === state && done(true))
      const callOff = afterAwake(limitMs, () => done(false))
      waiting.add(look)
    })
  }

  start(client, now())
  return {
    client,
    publish: (channel, data) => outcomeOf(publish(client, now(), channel, data)),
    batch(messages) {
      let ids: string[] = []
      batch(client, now(), () => {
        ids = messages.map(([channel, data]) => publish(client, now(), channel, data))
      })
      return ids.map(outcomeOf)
    },
    subscribe: channel => outcomeOf(subscribe(client, now(), channel)),
    unsubscribe: channel => outcomeOf(unsubscribe(client, now(), channel)),
    until,
    async leave() {
      leave(client, now())
      await until('ended', settings.networkDelayMs + 1_000)
      clearTimeout(timer)
    },
    cut() {
      for (const { cut } of [...links.values()]) cut()
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
      for (const { cut } of links.values()) cut()
      links.clear()
    },
  }

  function callbackOf(link: Link): string {
    return `chatgauge_${link}`
  }
}
