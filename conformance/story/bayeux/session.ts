import type { Advice, BayeuxMessage, Transport } from '../../../protocol/bayeux/message.ts'
import { afterAwake } from '../../awake.ts'
import { BrokenRule, StoryError } from '../broken-rule.ts'
import type { Scene } from '../scene.ts'
import type { BayeuxChecks } from './checks.ts'
import type { RawSocket } from './raw-socket.ts'
import { type Asked, asked, describeMessages, type Reception, readFrames } from './reception.ts'

/** What a story puts into a message, right or wrong; `undefined` leaves a member out. */
export type Members = Readonly<Record<string, unknown>>

/** One Bayeux session, message by message: nothing is sent by itself, over any of the transports. */
export interface Session {
  readonly clientId: string
  readonly transport: Transport
  /** The answer to the handshake. */
  readonly shaken: BayeuxMessage
  readonly advice: Required<Pick<Advice, 'interval' | 'timeout'>>
  /** All that was delivered, in order. */
  readonly events: readonly BayeuxMessage[]
  /** Over WebSocket. */
  readonly socket: RawSocket
  /** With an id and the clientId. */
  message(channel: string, members?: Members): BayeuxMessage
  /** In one request or frame. */
  send(...messages: readonly BayeuxMessage[]): Asked
  connect(members?: Members): Asked
  subscribe(subscription: unknown): Asked
  unsubscribe(subscription: unknown): Asked
  publish(channel: string, data: unknown, members?: Members): Asked
  disconnect(): Asked
  /** Its first connect, which is answered at once. */
  connected(): Promise<Session>
  /** What was delivered since the last look: asks for it with a connect that is answered at once. */
  collect(): Promise<readonly BayeuxMessage[]>
  /** What came without being asked for, once there are so many. */
  delivered(count: number, rule?: string): Promise<readonly BayeuxMessage[]>
}

export interface SessionParts {
  scene: Scene
  checks: BayeuxChecks
  name: string
  /** Whose cookies it has. */
  owner: object
  transport: Transport
  shaken: BayeuxMessage
  socket: RawSocket | undefined
  /** Over HTTP. */
  request(messages: readonly BayeuxMessage[]): Asked
  /** Ids that were used before. */
  lastId: number
}

export function createSession(parts: SessionParts): Session {
  const { scene, name, owner, transport, shaken, socket } = parts
  const clientId = String(shaken.clientId)
  const watch = parts.checks.answers(transport)
  const events: BayeuxMessage[] = []
  const open = new Set<{ ids: Set<string>; frames: string[]; done(): void; fail(error: unknown): void }>()
  let lastId = parts.lastId
  let seen = 0
  const looks = new Set<() => void>()

  function take({ messages, events: came }: Reception): void {
    events.push(...came)
    watch.came(messages)
    for (const look of [...looks]) look()
  }

  socket?.onFrame(text => {
    const reception = readFrames([text])
    const own = [...open].filter(each => reception.replies.some(({ id }) => each.ids.has(String(id))))
    for (const each of own) {
      each.frames.push(text)
      for (const { id } of reception.replies) each.ids.delete(String(id))
    }
    scene.conversation.say({ said: `${name} gets ${describeMessages(reception.messages)}`, answer: text })
    try {
      parts.checks.came(reception, owner)
      take(reception)
    } catch (error) {
      // Nobody is above a listener: whoever waits is told.
      for (const each of [...open]) each.fail(error)
      return
    }
    for (const each of own) if (each.ids.size === 0) each.done()
  })

  /** Over WebSocket: until each message with an id has its reply. */
  function exchange(messages: readonly BayeuxMessage[]): Asked {
    const said = `${name} sends ${messages.map(each => each.channel).join(', ')}`
    scene.conversation.say({ said, request: JSON.stringify(messages) })
    const answer = new Promise<Reception>((resolve, reject) => {
      const ids = new Set(messages.flatMap(({ id }) => (id === undefined ? [] : [String(id)])))
      const waiting = {
        ids,
        frames: [] as string[],
        done: () => finish(resolve),
        fail: (error: unknown) => finish(() => reject(error)),
      }
      const callOff = afterAwake(limitMs(messages), () => finish(() => reject(missing(messages))))
      const finish = (tell: (reception: Reception) => void) => {
        callOff()
        open.delete(waiting)
        tell(readFrames(waiting.frames))
      }
      open.add(waiting)
      scene.undo('chats', async () => callOff())
      socket!.send(messages)
    })
    return asked(answer, () => socket!.cut())
  }

  /** With a clock that stands still a held connect is answered when the story says so; else when its time is over. */
  function limitMs(messages: readonly BayeuxMessage[]): number {
    const isConnect = messages.some(({ channel }) => channel === '/meta/connect')
    const holdMs = isConnect && !scene.stack.control ? self.advice.timeout : 0
    return scene.stack.patienceMs * (isConnect ? 3 : 1) + holdMs
  }

  function missing(messages: readonly BayeuxMessage[]): unknown {
    const channels = messages.map(each => each.channel).join(', ')
    try {
      scene.report(
        new BrokenRule({
          rule: scene.case.rules[0],
          what: `${channels} was not answered`,
          expected: 'an answer',
          found: socket?.isOpen === false ? 'the socket was closed' : 'none',
        }),
      )
    } catch (error) {
      return error
    }
    return new StoryError(`${channels} was not answered`)
  }

  const self: Session = {
    clientId,
    transport,
    shaken,
    get advice() {
      const { interval = 0, timeout = 30_000 } = shaken.advice ?? {}
      return { interval, timeout }
    },
    events,
    get socket() {
      if (!socket) throw new StoryError(`the session of ${name} is over ${transport}`)
      return socket
    },
    message(channel, members = {}): BayeuxMessage {
      lastId += 1
      const message = { channel, id: String(lastId), clientId, ...members }
      return Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined))
    },
    send(...messages) {
      if (messages.some(({ channel }) => channel === '/service/echo')) scene.use('echo')
      watch.sent(messages)
      if (socket) return exchange(messages)
      const sent = parts.request(messages)
      // What is broken is known to the scene, whoever looks at the answer.
      sent.then(take).catch(() => {})
      return sent
    },
    connect: members => self.send(self.message('/meta/connect', { connectionType: transport, ...members })),
    subscribe: subscription => self.send(self.message('/meta/subscribe', { subscription })),
    unsubscribe: subscription => self.send(self.message('/meta/unsubscribe', { subscription })),
    publish: (channel, data, members) => self.send(self.message(channel, { data, ...members })),
    disconnect: () => self.send(self.message('/meta/disconnect')),
    async connected() {
      await self.connect({ advice: { timeout: 0 } })
      return self
    },
    async collect() {
      await self.connect({ advice: { timeout: 0 } })
      const news = events.slice(seen)
      seen = events.length
      return news
    },
    async delivered(count, rule) {
      if (events.length < seen + count) await untilDelivered(seen + count)
      const news = events.slice(seen)
      seen = events.length
      if (news.length < count) {
        const what = 'what was published is not delivered'
        const expected = `${count} events`
        scene.report(
          new BrokenRule({ rule: rule ?? scene.case.rules[0], what, expected, found: describeMessages(news) }),
        )
      }
      return news
    },
  }

  function untilDelivered(count: number): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        callOff()
        looks.delete(look)
        resolve()
      }
      const look = () => void (events.length >= count && done())
      const callOff = afterAwake(scene.stack.patienceMs, done)
      looks.add(look)
    })
  }
  return self
}
