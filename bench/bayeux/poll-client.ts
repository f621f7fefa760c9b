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
import { type HttpSocket, openHttpSocket } from './http-socket.ts'

interface Session {
  /** Carries the held connect and nothing else, as in a browser. */
  held: HttpSocket
  clientId: string
  cookie: string
  done?: () => void
}

/** Publishing connections are shared by all sessions: a server cannot tell. */
export async function openPollClient(
  url: string,
  count: number,
  channel: EchoChannel,
  inFlight: number,
): Promise<EchoClient> {
  const { hostname, port, pathname } = new URL(url)
  const open = () => openHttpSocket(hostname, Number(port))
  let isClosed = false
  const hold = async (session: Session, id: number): Promise<void> => {
    for (let n = id; !isClosed; n += 1) {
      const { body } = await session.held.post(
        pathname,
        connectText(session.clientId, 'long-polling', n),
        session.cookie,
      )
      take(session, body)
    }
  }
  const sessions = await inTurn(count, async n => {
    const session = await openSession(await open(), pathname, n, channel)
    hold(session, 1).catch(error => {
      if (!isClosed) throw error
    })
    return session
  })
  const free = await Promise.all(Array.from({ length: inFlight }, open))
  const takeFree = async () => {
    for (let socket = free.pop(); socket; socket = free.pop()) if (socket.isOpen()) return socket
    return open()
  }
  let id = 10
  return {
    sessions: count,
    async echo(n) {
      const session = sessions[n]!
      const socket = await takeFree()
      const isBack = new Promise<void>(resolve => {
        session.done = resolve
      })
      const { body } = await socket.post(
        pathname,
        publishText(channelOf(channel, n), session.clientId, ++id),
        session.cookie,
      )
      free.push(socket)
      take(session, body)
      await isBack
    },
    close() {
      isClosed = true
      for (const { held } of sessions) held.close()
      for (const socket of free) socket.close()
    },
  }
}

function take(session: Session, body: string): void {
  for (const message of JSON.parse(body) as BayeuxMessage[]) {
    if (message.data !== undefined) session.done?.()
    else mustBeSuccessful(message)
  }
}

async function openSession(held: HttpSocket, path: string, n: number, channel: EchoChannel): Promise<Session> {
  const { head, body } = await held.post(path, handshakeText, '')
  const clientId = mustBeSuccessful((JSON.parse(body) as BayeuxMessage[])[0]).clientId!
  const cookie = /\r\nset-cookie: *([^;\r]+)/i.exec(head)?.[1] ?? ''
  if (channel !== 'service') await held.post(path, subscribeText(channelOf(channel, n), clientId), cookie)
  await held.post(path, connectText(clientId, 'long-polling', 0), cookie)
  return { held, clientId, cookie }
}
