import { once } from 'node:events'
import { WebSocket } from 'ws'
import {
  type BayeuxMessage,
  channelOf,
  connectText,
  type EchoChannel,
  type EchoClient,
  handshakeText,
  inTurn,
  mustBeSuccessful,
  publishText,
  subscribeText,
} from './echo-client.ts'

interface Session {
  socket: WebSocket
  clientId: string
  /** Of the echo that is on its way. */
  done?: () => void
  answered?: (message: BayeuxMessage) => void
}

export async function openSocketClient(url: string, count: number, channel: EchoChannel): Promise<EchoClient> {
  const address = url.replace(/^http/, 'ws')
  const sessions = await inTurn(count, n => openSession(address, n, channel))
  let id = 10
  return {
    sessions: count,
    echo(n) {
      const session = sessions[n]!
      return new Promise(resolve => {
        session.done = resolve
        session.socket.send(publishText(channelOf(channel, n), session.clientId, ++id))
      })
    },
    close() {
      for (const { socket } of sessions) socket.terminate()
    },
  }
}

async function openSession(address: string, n: number, channel: EchoChannel): Promise<Session> {
  const socket = new WebSocket(address, { perMessageDeflate: false })
  const session: Session = { socket, clientId: '' }
  let connects = 0
  socket.on('message', bytes => {
    for (const message of JSON.parse(bytes.toString()) as BayeuxMessage[]) {
      if (message.channel === '/meta/connect') socket.send(connectText(session.clientId, 'websocket', ++connects))
      else if (message.data !== undefined) session.done?.()
      else session.answered?.(message)
    }
  })
  await once(socket, 'open')
  const ask = (text: string): Promise<BayeuxMessage> =>
    new Promise(resolve => {
      session.answered = resolve
      socket.send(text)
    })
  session.clientId = mustBeSuccessful(await ask(handshakeText)).clientId!
  if (channel !== 'service') mustBeSuccessful(await ask(subscribeText(channelOf(channel, n), session.clientId)))
  delete session.answered
  socket.send(connectText(session.clientId, 'websocket', 0))
  return session
}
