import { once } from 'node:events'
import { WebSocket } from 'ws'
import { type EchoClient, inTurn } from './echo-client.ts'
import { type HttpSocket, openHttpSocket } from './http-socket.ts'

// What the same bytes cost a server that does nothing with them: no server on the same library can be better.

/** @param textOf what is sent, by the number of the echo */
export async function openBareSocketClient(
  url: string,
  count: number,
  textOf: (id: number) => string,
): Promise<EchoClient> {
  const sockets = await inTurn(count, async () => {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    await once(socket, 'open')
    return socket
  })
  let id = 10
  return {
    sessions: count,
    echo(n) {
      return new Promise(resolve => {
        sockets[n]!.once('message', () => resolve())
        sockets[n]!.send(textOf(++id))
      })
    },
    close() {
      for (const socket of sockets) socket.terminate()
    },
  }
}

/** Over HTTP: as many connections as there are requests at a time. */
export async function openBarePostClient(
  url: string,
  count: number,
  textOf: (id: number) => string,
): Promise<EchoClient> {
  const { hostname, port, pathname } = new URL(url)
  const free: HttpSocket[] = []
  const open = () => openHttpSocket(hostname, Number(port))
  let id = 10
  return {
    sessions: count,
    async echo() {
      let socket = free.pop()
      while (socket && !socket.isOpen()) socket = free.pop()
      socket ??= await open()
      await socket.post(pathname, textOf(++id), '')
      free.push(socket)
    },
    close() {
      for (const socket of free) socket.close()
    },
  }
}
