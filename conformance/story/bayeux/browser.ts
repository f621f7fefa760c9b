import type { BayeuxMessage, Transport } from '../../../protocol/bayeux/message.ts'
import { awakeFor, awakeTime } from '../../awake.ts'
import { type CookieJar, createCookieJar } from '../../bayeux/cookie-jar.ts'
import { BrokenRule, StoryError } from '../broken-rule.ts'
import type { RawRequest } from '../customer.ts'
import type { Scene } from '../scene.ts'
import type { BayeuxChecks } from './checks.ts'
import { cometdPath } from './cometd-path.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'
import { type Asked, asked, describeMessages, type Reception, readReception } from './reception.ts'
import { createSession, type Members, type Session } from './session.ts'
import { untilRead } from './until-read.ts'

type Messages = Members | readonly Members[]

interface How {
  /** Behind the path of the endpoint: `/connect`. */
  suffix?: string
  /** On top of the usual ones; `undefined` takes one away. */
  headers?: Readonly<Record<string, string | undefined>>
}

/** Someone with cookies and connections of their own, who speaks Bayeux right or wrong. */
export interface Browser {
  /** Value of the cookie that ties sessions to a browser. */
  readonly cookie: string | undefined
  /** The messages as JSON, or this text as it is. */
  post(body: Messages | string, how?: How): Asked
  /** Over callback-polling; texts are sent as they are, each as a parameter. */
  callback(messages: Messages | readonly string[], how?: How & { name?: string }): Asked
  /** Anything over HTTP; `path` from the root of the host, default the endpoint. */
  http(request: RawRequest): Asked
  webSocket(how?: {
    path?: string
    headers?: Readonly<Record<string, string>>
    protocols?: readonly string[]
    compression?: boolean
  }): Promise<RawSocket>
  /** A session; `members` go into the handshake. The handshake must succeed. */
  handshake(transport?: Transport, members?: Members): Promise<Session>
  /** The same session goes on over a new WebSocket. */
  resume(session: Session): Promise<Session>
  /** `/demo/…/room`: a channel that no other story uses, and on which the target lets clients publish. */
  channel(name: string): string
  /** How long a session lives without a connect, beyond the interval. */
  readonly maxIntervalMs: number
  /** The request is held by the server. */
  holds(request: Asked, rule?: string): Promise<void>
  /** It is answered within the patience of the target. */
  answers(request: Asked, rule?: string): Promise<Reception>
  /** The next requests go to this GMS node, from 0. */
  through(node: number): void
}

/** Far more than an answer needs over loopback: one that comes later is missed, and none is seen that is not there. */
const heldWindowMs = 60
/** Where no clock can be stopped a connect is held for as long as the server likes. */
const longestHoldMs = 30_000

export function createBrowser(scene: Scene, checks: BayeuxChecks, name: string): Browser {
  const { stack, conversation } = scene
  const jar: CookieJar = createCookieJar()
  const timeoutMs = stack.patienceMs * 3 + (stack.control ? 0 : longestHoldMs)
  const place = scene.nextDeviceId().deviceId
  let node = 0

  const urlOf = (path: string) => (stack.urls[node] ?? missingNode()) + path
  function missingNode(): never {
    throw new StoryError(`there is no GMS node ${node}, the target has ${stack.urls.length}`)
  }

  function exchange(request: RawRequest, callback?: string): Asked {
    const { method = 'POST', path = cometdPath, headers = {}, body } = request
    const url = urlOf(path)
    const head = Object.entries(headers).map(([key, value]) => `${key}: ${value}`)
    const asks = [`${method} ${url}`, ...head, '', body === undefined ? '' : String(body).slice(0, 5_000)]
    const aborting = new AbortController()
    scene.undo('chats', async () => aborting.abort())
    const answer = stack.http.send({ method, url, headers, body, timeoutMs, signal: aborting.signal }).then(
      http => {
        jar.take(http.headers['set-cookie'])
        const reception = readReception(http, callback)
        const answerHead = Object.entries(http.headers).map(([key, value]) => `${key}: ${value}`)
        conversation.say({
          said: `${name} sends ${method} ${path.split('?')[0]} → ${http.status}, ${describeMessages(reception.messages)}`,
          request: asks.join('\n').trimEnd(),
          answer: [`HTTP ${http.status}`, ...answerHead, '', http.text.slice(0, 5_000)].join('\n'),
        })
        checks.came(reception, browser)
        return reception
      },
      (error: Error) => {
        if (!aborting.signal.aborted) report('the request was not answered', 'an HTTP answer', error.message)
        throw new StoryError(`the request was not answered: ${error.message}`)
      },
    )
    return asked(answer, () => aborting.abort())
  }

  function report(what: string, expected: string, found: string, rule = scene.case.rules[0]): void {
    scene.report(new BrokenRule({ rule, what, expected, found }))
  }

  function headersOf(own: How['headers'] = {}, usual: Readonly<Record<string, string>> = {}): Record<string, string> {
    const cookie = jar.header()
    const all = { ...usual, ...(cookie === '' ? {} : { cookie }), ...own }
    return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined))
  }

  const browser: Browser = {
    get cookie() {
      return jar.value('BAYEUX_BROWSER')
    },
    channel(channel) {
      scene.use('echo')
      return `/demo/${place}/${channel}`
    },
    maxIntervalMs: stack.maxIntervalMs,
    post(body, { suffix = '', headers } = {}) {
      return exchange({
        path: cometdPath + suffix,
        headers: headersOf(headers, { 'content-type': 'application/json' }),
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    },
    callback(messages, { suffix = '', headers, name: callback = 'cb' } = {}) {
      const list = Array.isArray(messages) ? messages : [messages]
      const isText = list.length > 0 && list.every(each => typeof each === 'string')
      const texts = isText ? list : [JSON.stringify(messages)]
      const query = new URLSearchParams([
        ['jsonp', callback],
        ...texts.map((text): [string, string] => ['message', text]),
      ])
      return exchange({ method: 'GET', path: `${cometdPath}${suffix}?${query}`, headers: headersOf(headers) }, callback)
    },
    http: ({ headers, ...request }) => exchange({ ...request, headers: headersOf(headers) }),
    async webSocket({ path = cometdPath, headers, protocols = [], compression = false } = {}) {
      const socket = stack.http.webSocket({ url: urlOf(path), headers: headers ?? {}, protocols, compression })
      scene.undo('chats', async () => socket.terminate())
      conversation.say({ said: `${name} opens a WebSocket at ${path}` })
      return openRawSocket(socket, stack.patienceMs).catch((error: Error) => {
        // A client that offers a subprotocol fails by itself where none is confirmed.
        if (protocols.length === 0) report('the WebSocket does not open', 'an open WebSocket', error.message)
        throw error
      })
    },
    async handshake(transport = 'long-polling', members = {}) {
      const types = { supportedConnectionTypes: [transport] }
      const message = { channel: '/meta/handshake', id: '1', version: '1.0', ...types, ...members }
      if (transport === 'websocket') {
        const socket = await browser.webSocket()
        socket.send([message])
        await socket.until(1)
        const [frame = ''] = socket.frames
        const [shaken] = readReception({ status: 200, headers: {}, text: frame }).messages
        conversation.say({ said: `${name} shakes hands`, request: JSON.stringify(message), answer: frame })
        return begin(transport, shaken, socket)
      }
      const request = transport === 'long-polling' ? browser.post([message]) : browser.callback([message])
      return begin(transport, (await request).reply, undefined)
    },
    async resume({ clientId, shaken }) {
      checks.learn(clientId, browser)
      return createSession({ ...parts('websocket', shaken), socket: await browser.webSocket(), lastId: 1_000 })
    },
    async holds(request, rule) {
      await untilRead(stack, node)
      await awakeFor(heldWindowMs)
      if (!request.isAnswered) {
        conversation.say({ said: `the request of ${name} is held` })
        return
      }
      const found = await request.then(({ messages }) => describeMessages(messages))
      report('the connect is not held', 'no answer yet', found, rule)
    },
    async answers(request, rule) {
      const patience = awakeTime(stack.patienceMs)
      const reception = await Promise.race([request, patience.over]).finally(patience.cancel)
      if (reception) return reception
      report('the request is held', 'an answer at once', 'none', rule)
      throw new StoryError('the request is held')
    },
    through(index) {
      node = index
    },
  }

  function parts(transport: Transport, shaken: BayeuxMessage) {
    const request = (messages: readonly BayeuxMessage[]) =>
      transport === 'callback-polling' ? browser.callback(messages) : browser.post(messages)
    return { scene, checks, name, owner: browser, transport, shaken, request }
  }

  function begin(transport: Transport, shaken: BayeuxMessage | undefined, socket: RawSocket | undefined): Session {
    if (shaken?.successful !== true || typeof shaken.clientId !== 'string') {
      report(
        'the handshake did not succeed',
        'a new session',
        shaken === undefined ? 'nothing' : JSON.stringify(shaken),
      )
      throw new StoryError('the story cannot go on without a session')
    }
    checks.learn(shaken.clientId, browser)
    return createSession({ ...parts(transport, shaken), socket, lastId: 1 })
  }

  return browser
}
