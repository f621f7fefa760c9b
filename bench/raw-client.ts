import { connect, type Socket } from 'node:net'

/**
 * A client that costs far less than any server under test: prebuilt requests over keep-alive sockets, answers only
 * counted by their Content-Length. Closed loop on purpose: benches measure cost, never latency.
 */
export interface RawLoad {
  host: string
  port: number
  connections: number
  /** Requests in all. */
  requests: number
  /** Bytes of the n-th request. */
  request(n: number): Buffer
}

const headerEnd = Buffer.from('\r\n\r\n')

/** @returns answers by HTTP status. @throws when a socket fails: a bench never hides that. */
export function drive(load: RawLoad): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  let next = 0
  let open = load.connections
  return new Promise((resolve, reject) => {
    const finish = (socket: Socket) => {
      socket.end()
      open -= 1
      if (open === 0) resolve(statuses)
    }
    for (let i = 0; i < load.connections; i++) {
      const socket = connect(load.port, load.host)
      socket.setNoDelay(true)
      let pending: Buffer = Buffer.alloc(0)
      const sendNext = () => {
        if (next >= load.requests) return finish(socket)
        socket.write(load.request(next++))
      }
      socket.on('connect', sendNext)
      socket.on('error', reject)
      socket.on('data', chunk => {
        pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
        const end = pending.indexOf(headerEnd)
        if (end < 0) return
        const head = pending.toString('latin1', 0, end)
        const length = /content-length: *(\d+)/i.exec(head)
        if (!length) return reject(new Error(`answer without Content-Length: ${head}`))
        if (pending.length < end + 4 + Number(length[1])) return
        const status = Number(head.slice(9, 12))
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        pending = pending.subarray(end + 4 + Number(length[1]))
        sendNext()
      })
    }
  })
}

export function post(path: string, body: string, contentType: string): Buffer {
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${contentType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
