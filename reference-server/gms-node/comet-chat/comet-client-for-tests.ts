import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { ChatEvent } from '../../../protocol/chat/event.ts'
import type { BayeuxMessage } from '../bayeux/message.ts'

export interface CometAnswer {
  statusCode: number
  chatEnded: boolean
  messages: ChatEvent[]
  secureKey?: string
  nextPosition?: number
  channel?: string
  errors?: { code: number; advice: string }[]
}

/** A customer's CometD session on a socket, whose connect is held from the start on. */
export interface CometClient {
  /** Publishes an operation; @returns the next answer, which is what has no `monitored`. */
  ask(operation: string, data?: object, channel?: string): Promise<CometAnswer>
  publish(...messages: { data: unknown; channel?: string }[]): void
  /** Everything that came on a chat channel, in order. */
  heard: { channel: string; data: CometAnswer }[]
  /** Indexes of events that came unasked. */
  unasked(): number[]
  /** Waits until so many events have come unasked. */
  hears(count: number): Promise<ChatEvent[]>
  /** Everything sent before has been served, and what it caused has arrived. */
  settled(): Promise<void>
  /** `/meta/disconnect`, then the socket. */
  disconnect(): Promise<void>
  /** The socket alone. */
  cut(): Promise<void>
}

const careChannel = '/service/chatV2/customer-support'

export async function startCometClient(nodeUrl: string): Promise<CometClient> {
  const socket = new WebSocket(`${nodeUrl.replace('http', 'ws')}/genesys/cometd`)
  const heard: CometClient['heard'] = []
  const replies = new Map<string, (message: BayeuxMessage) => void>()
  let wake = () => {}
  let lastId = 0
  let clientId = ''

  socket.on('message', data => {
    for (const message of JSON.parse(String(data)) as BayeuxMessage[]) {
      if ('successful' in message) replies.get(String(message.id))?.(message)
      else heard.push(message as CometClient['heard'][number] & BayeuxMessage)
    }
    wake()
  })
  await once(socket, 'open')

  const sendAll = (...messages: object[]) => {
    const numbered = messages.map(message => ({ id: String(++lastId), clientId, ...message }))
    const all = numbered.map(({ id }) => new Promise<BayeuxMessage>(resolve => replies.set(id, resolve)))
    socket.send(JSON.stringify(numbered))
    return Promise.all(all)
  }
  const until = async (isDone: () => boolean) => {
    for (const endsAt = performance.now() + 5000; !isDone(); ) {
      if (performance.now() > endsAt) throw new Error(`not heard in time: ${JSON.stringify(heard)}`)
      await new Promise<void>(resolve => {
        wake = resolve
        setTimeout(resolve, 100)
      })
    }
  }
  const isAnswer = ({ data }: CometClient['heard'][number]) => !('monitored' in data)
  const events = () => heard.filter(each => !isAnswer(each)).flatMap(({ data }) => data.messages)

  const [shaken] = await sendAll({
    channel: '/meta/handshake',
    version: '1.0',
    supportedConnectionTypes: ['websocket'],
  })
  clientId = String(shaken!.clientId)
  await sendAll({ channel: '/meta/connect', connectionType: 'websocket' })
  void sendAll({ channel: '/meta/connect', connectionType: 'websocket' })

  return {
    heard,
    async ask(operation, data = {}, channel = careChannel) {
      const before = heard.filter(isAnswer).length
      await sendAll({ channel, data: { operation, ...data } })
      await until(() => heard.filter(isAnswer).length > before)
      return heard.filter(isAnswer)[before]!.data
    },
    publish: (...messages) => void sendAll(...messages.map(message => ({ channel: careChannel, ...message }))),
    unasked: () => events().map(({ index }) => index),
    async hears(count) {
      await until(() => events().length >= count)
      return events()
    },
    settled: async () => void (await sendAll({ channel: '/service/nothing', data: {} })),
    async disconnect() {
      await sendAll({ channel: '/meta/disconnect' })
      socket.close()
      await once(socket, 'close')
    },
    async cut() {
      if (socket.readyState === socket.CLOSED) return
      socket.terminate()
      await once(socket, 'close')
    },
  }
}
