import { type ClientSettings, usualSettings } from '../../../protocol/bayeux/client.ts'
import type { Transport } from '../../../protocol/bayeux/message.ts'
import { afterAwake, awakeFor } from '../../awake.ts'
import { createCookieJar } from '../../bayeux/cookie-jar.ts'
import { type RunningClient, runClient } from '../../bayeux/run-client.ts'
import { describeAnswer } from '../answer.ts'
import type { BayeuxChecks } from '../bayeux/checks.ts'
import { cometdPath } from '../bayeux/cometd-path.ts'
import { readReception } from '../bayeux/reception.ts'
import { untilRead } from '../bayeux/until-read.ts'
import { BrokenRule, StoryError } from '../broken-rule.ts'
import type { ChatWish } from '../chat-form.ts'
import { untilQuiet } from '../quiet.ts'
import type { Scene } from '../scene.ts'
import { type CometChecks, createCometChecks } from './checks.ts'
import { pauseMs, tellChanges } from './coming-back.ts'
import { findChat, markerKey } from './find-chat.ts'
import { type Notification, readNotification } from './notification.ts'
import { requestChatData } from './request-data.ts'

/** Someone with a chat widget: speaks the chat API over CometD with our own client, keeps the newest key. */
export interface CometCustomer {
  /** Of the last notification that had one. */
  readonly secureKey: string
  /** Position that the next requestNotifications has to name. */
  readonly nextPosition: number
  readonly deviceId: string
  /** For the agent, of a case that needs one: CometD tells its customers no ids. */
  readonly chatId: string
  /** Before the first request: default WebSocket. */
  over(transport: Transport): void
  /** Handshakes and connects, if that has not been done. */
  connects(): Promise<void>
  requestChat(wish?: CometWish): Promise<Notification>
  requestNotifications(position?: number | string, userData?: Readonly<Record<string, string>>): Promise<Notification>
  send(text: string, messageType?: string): Promise<Notification>
  startTyping(text?: string): Promise<Notification>
  stopTyping(text?: string): Promise<Notification>
  readReceipt(position: number): Promise<Notification>
  pushUrl(url: string): Promise<Notification>
  updateNickname(nickname: string): Promise<Notification>
  customNotice(text?: string): Promise<Notification>
  updateData(userData: unknown): Promise<Notification>
  disconnect(): Promise<Notification>
  /** An operation with the key and these members on top; `undefined` takes one away. */
  operate(operation: string, members?: Readonly<Record<string, unknown>>): Promise<Notification>
  /** Exactly these data; answered by a notification. */
  publish(data: unknown): Promise<Notification>
  /** All in one request or frame. @returns their answers in the order in which they came. */
  batch(...data: readonly unknown[]): Promise<readonly Notification[]>
  /** The next one that nobody asked for. */
  nextNotification(rule?: string): Promise<Notification>
  /** All of them that the story has not seen, once nothing more comes. */
  notifications(): Promise<readonly Notification[]>
  /** None that the story has not seen. */
  none(rule?: string): Promise<void>
  /** The connections are cut, and the client comes back by itself. */
  loses(): Promise<void>
  /** Gone without a word: no disconnect, no more connects. */
  vanishes(): void
  /** /meta/disconnect; the chat goes on. */
  leaves(): Promise<void>
  /** Takes the chat of somebody else along: its key and position. */
  takesOver(other: CometCustomer): void
  /** Subscribes to the chat channel, which is not needed. */
  subscribes(): Promise<void>
  /** Shows the server that its CometD session is alive, and asks nothing of the chat. */
  breathes(): Promise<void>
  use(service: string): void
  through(node: number): void
}

export interface CometWish extends ChatWish {
  auth?: Readonly<Record<string, string>>
}

/** Far more than a notification needs over loopback. */
const arrivalMs = 60

/** What other actors need to know of it. */
export interface CometInside extends CometCustomer {
  /** undefined = nobody has asked the control port for it. */
  readonly knownChat: string | undefined
  checks: CometChecks
}

export function createCometCustomer(scene: Scene, bayeux: BayeuxChecks, name: string): CometInside {
  const { stack, conversation } = scene
  const { deviceId: usualDevice } = scene.nextDeviceId()
  const checks = createCometChecks(scene)
  const inbox: Notification[] = []
  const unasked: Notification[] = []
  const looks = new Set<() => void>()
  let asked: string[] = []
  let running: RunningClient | undefined
  let transport: Transport = 'websocket'
  let service = stack.service
  let node = 0
  let secureKey: string | undefined
  let nextPosition = 1
  let deviceId = usualDevice
  let chatId: string | undefined
  let chats = 0
  let broken: { error: unknown } | undefined
  let came = 0

  const channel = () => `/service/chatV2/${service}`

  function client(): RunningClient {
    running ??= start()
    return running
  }

  function start(): RunningClient {
    const settings: ClientSettings = {
      ...usualSettings,
      transport,
      networkDelayMs: stack.patienceMs,
      backoffMs: pauseMs,
    }
    const owner = {}
    const tell = tellChanges(name, said => conversation.say({ said }))
    const url = stack.urls[node]
    if (url === undefined) throw new StoryError(`there is no GMS node ${node}, the target has ${stack.urls.length}`)
    const begun = runClient(settings, {
      url: url + cometdPath,
      http: stack.http,
      cookies: createCookieJar(),
      event: message => guarded(() => take(readNotification(message))),
      changed(state, why) {
        if (state === 'connecting') bayeux.learn(begun.client.clientId!, owner)
        tell(state, why)
      },
      came(text, messages) {
        came += 1
        guarded(() =>
          bayeux.came({ ...readReception({ status: 0, headers: {}, text }), messages: messages ?? [] }, owner),
        )
      },
    })
    scene.undo('chats', async () => begun.stop())
    return begun
  }

  /** Nobody is above what comes by itself: whoever waits next is told. */
  function guarded(task: () => void): void {
    try {
      task()
    } catch (error) {
      broken ??= { error }
      for (const look of [...looks]) look()
    }
  }

  function take(notification: Notification): void {
    const { isUnasked, body, text } = notification
    const operation = isUnasked ? undefined : asked.shift()
    if (typeof body.secureKey === 'string') secureKey = body.secureKey
    if (typeof body.nextPosition === 'number') nextPosition = Math.max(nextPosition, body.nextPosition)
    conversation.say({
      said: `${name} gets ${describeAnswer(notification)}${isUnasked ? ' unasked' : ''}`,
      answer: text,
    })
    ;(isUnasked ? unasked : inbox).push(notification)
    checks.came(operation, notification)
    for (const look of [...looks]) look()
  }

  function until(holds: () => boolean): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const done = (held: boolean) => {
        callOff()
        looks.delete(look)
        resolve(held)
      }
      const look = () => {
        if (broken) {
          callOff()
          looks.delete(look)
          reject(broken.error)
        } else if (holds()) done(true)
      }
      const callOff = afterAwake(stack.patienceMs, () => done(false))
      looks.add(look)
      look()
    })
  }

  function lacking(what: string, expected: string, rule = scene.case.rules[0]): never {
    scene.report(new BrokenRule({ rule, what, expected, found: `none within ${stack.patienceMs / 1000} s` }))
    throw new StoryError(what)
  }

  async function connects(): Promise<void> {
    const { client: at, until: state } = client()
    if (at.state === 'connected') return
    if (!(await state('connected', stack.patienceMs))) lacking(`${name} is ${at.state}`, 'a connected CometD session')
  }

  async function answersOf(data: readonly unknown[]): Promise<readonly Notification[]> {
    await connects()
    const before = inbox.length
    for (const each of data) {
      asked.push(String((each as { operation?: unknown } | null)?.operation ?? ''))
      conversation.say({ said: `${name} publishes ${asked.at(-1)}`, request: JSON.stringify(each) })
    }
    const outcomes = client().batch(data.map(each => [channel(), each] as const))
    if (!(await until(() => inbox.length >= before + data.length))) {
      const told = await Promise.race([Promise.all(outcomes), Promise.resolve('nothing')])
      lacking(`the request is not answered on its channel (${JSON.stringify(told).slice(0, 200)})`, 'a notification')
    }
    return inbox.slice(before, before + data.length)
  }

  async function publish(data: unknown): Promise<Notification> {
    return (await answersOf([data]))[0]!
  }

  function operate(operation: string, members: Readonly<Record<string, unknown>> = {}): Promise<Notification> {
    return publish(dataOf(operation, members))
  }

  function dataOf(operation: string, members: Readonly<Record<string, unknown>>) {
    return { operation, secureKey: held(), ...members }
  }

  function held(): string {
    if (secureKey !== undefined) return secureKey
    const what = 'the story cannot go on without a chat'
    scene.report(
      new BrokenRule({
        rule: scene.case.rules[0],
        what,
        expected: 'requestChat to be accepted',
        found: 'no secureKey',
      }),
    )
    throw new StoryError(what)
  }

  const self: CometInside = {
    checks,
    get knownChat() {
      return chatId
    },
    get secureKey() {
      return held()
    },
    get nextPosition() {
      return nextPosition
    },
    get deviceId() {
      return deviceId
    },
    get chatId() {
      if (chatId === undefined) throw new StoryError('the chat is not known to the control port')
      return chatId
    },
    over(other) {
      transport = other
    },
    connects,
    async requestChat(wish = {}) {
      deviceId = wish.deviceId ?? usualDevice
      chats += 1
      const marker = `${usualDevice}-${chats}`
      const userData = { ...wish.userData, [markerKey]: marker }
      const answer = await publish(requestChatData({ ...wish, userData }, deviceId))
      if (answer.statusCode !== 0) return answer
      scene.undo('chats', () => leave(marker))
      if (scene.case.needs?.includes('agent')) chatId = await findChat(scene, marker)
      return answer
    },
    requestNotifications(position, userData) {
      checks.restart()
      return operate('requestNotifications', { transcriptPosition: position, userData })
    },
    send: (message, messageType) => operate('sendMessage', { message, messageType }),
    startTyping: message => operate('startTyping', { message }),
    stopTyping: message => operate('stopTyping', { message }),
    readReceipt: transcriptPosition => operate('readReceipt', { transcriptPosition }),
    pushUrl: pushUrl => operate('pushUrl', { pushUrl }),
    updateNickname: nickname => operate('updateNickname', { nickname }),
    customNotice: message => operate('customNotice', { message }),
    updateData: userData => operate('updateData', { userData }),
    disconnect: () => operate('disconnect'),
    operate,
    publish,
    batch: (...data) => answersOf(data),
    async nextNotification(rule) {
      if (!(await until(() => unasked.length > 0))) lacking('no notification came', 'a notification', rule)
      return unasked.shift()!
    },
    async notifications() {
      await quiet()
      return unasked.splice(0)
    },
    async none(rule) {
      await quiet()
      const [first] = unasked.splice(0)
      if (!first) return
      const what = 'a notification came that must not come'
      const expected = 'no notification'
      scene.report(new BrokenRule({ rule: rule ?? scene.case.rules[0], what, expected, found: describeAnswer(first) }))
    },
    async loses() {
      const { cut, until: state } = client()
      cut()
      await state('interrupted', stack.patienceMs)
      await connects()
    },
    vanishes() {
      running?.stop()
      running = undefined
      asked = []
      conversation.say({ said: `${name} vanishes` })
    },
    async leaves() {
      await running?.leave()
      running = undefined
      asked = []
      conversation.say({ said: `${name} leaves` })
    },
    takesOver(other) {
      chatId = (other as CometInside).knownChat
      secureKey = other.secureKey
      nextPosition = other.nextPosition
      service = stack.service
    },
    async subscribes() {
      await connects()
      await client().subscribe(channel())
    },
    async breathes() {
      await connects()
      await client().publish('/service/nothing', {})
    },
    use(other) {
      service = other
    },
    through(index) {
      node = index
    },
  }

  async function quiet(): Promise<void> {
    await untilQuiet(stack)
    // What the server has sent has still to arrive, and over polling there may be more behind it, for the next connect.
    for (let before = -1; before < came; ) {
      before = came
      await untilRead(stack, node)
      await awakeFor(arrivalMs)
    }
  }

  /** A chat that is left over would go on timing into the cases that follow. */
  /** An agent who is still there would keep the chat, and the customer may have lost its connection. */
  async function leave(marker: string): Promise<void> {
    const { control } = stack
    if (!control) return end()
    const left = await findChat(scene, marker).catch(() => undefined)
    if (left === undefined) return
    await control.call('POST', `/sessions/${encodeURIComponent(left)}/stop-by-workflow`).catch(() => {})
  }

  async function end(): Promise<void> {
    if (secureKey === undefined || running?.client.state !== 'connected') return
    await Promise.race([
      running.publish(channel(), dataOf('disconnect', {})),
      new Promise(done => setTimeout(done, 200)),
    ])
  }

  return self
}
