import { once } from 'node:events'
import { WebSocket } from 'ws'
import {
  type BayeuxMessage,
  connectText,
  type EchoClient,
  handshakeText,
  inTurn,
  mustBeSuccessful,
} from './echo-client.ts'

const channel = '/service/chatV2/customer-support'

interface ChatData {
  secureKey: string
  messages: { type: string }[]
}

/** Each session is a chat; an echo is a customer's message that comes back as a notification. */
export async function openChatClient(url: string, count: number): Promise<EchoClient> {
  const address = url.replace(/^http/, 'ws')
  const chats = await inTurn(count, () => openChat(address))
  let id = 10
  return {
    sessions: count,
    echo(n) {
      const chat = chats[n]!
      return new Promise(resolve => {
        chat.done = resolve
        chat.socket.send(sendText(chat.clientId, chat.key, ++id))
      })
    },
    close() {
      for (const { socket } of chats) socket.terminate()
    },
  }
}

/** As long as a key of the Chat Server is. */
const anyKey = 'k'.repeat(86)

/** The text of a customer's message, of the same length for all chats. */
export function anySendText(id: number): string {
  return sendText('c'.repeat(26), anyKey, id)
}

function sendText(clientId: string, key: string, id: number): string {
  const data = `{"operation":"sendMessage","secureKey":"${key}","message":"${'x'.repeat(40)}"}`
  return `[{"channel":"${channel}","data":${data},"clientId":"${clientId}","id":"${id}"}]`
}

interface Chat {
  socket: WebSocket
  clientId: string
  key: string
  done?: () => void
}

async function openChat(address: string): Promise<Chat> {
  const socket = new WebSocket(address, { perMessageDeflate: false })
  const chat: Chat = { socket, clientId: '', key: '' }
  let connects = 0
  let handshaken = (_message: BayeuxMessage) => {}
  let joined = () => {}
  socket.on('message', bytes => {
    for (const message of JSON.parse(bytes.toString()) as BayeuxMessage[]) {
      if (message.channel === '/meta/connect') socket.send(connectText(chat.clientId, 'websocket', ++connects))
      else if (message.channel === '/meta/handshake') handshaken(message)
      else if (message.data !== undefined) {
        const { secureKey, messages } = message.data as ChatData
        chat.key = secureKey
        if (messages[0]?.type === 'Message') chat.done?.()
        else joined()
      } else mustBeSuccessful(message)
    }
  })
  await once(socket, 'open')
  const reply = await new Promise<BayeuxMessage>(resolve => {
    handshaken = resolve
    socket.send(handshakeText)
  })
  chat.clientId = mustBeSuccessful(reply).clientId!
  await new Promise<void>(resolve => {
    joined = resolve
    socket.send(connectText(chat.clientId, 'websocket', 0))
    const data = '{"operation":"requestChat","nickname":"Ann"}'
    socket.send(`[{"channel":"${channel}","data":${data},"clientId":"${chat.clientId}","id":"3"}]`)
  })
  return chat
}
