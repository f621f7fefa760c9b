import { connect, type Socket } from 'node:net'
import { stayAwake } from './stay-awake.ts'

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

/** @returns answers by HTTP status. @throws when a socket fails: a bench never hides that. */
export function drive(load: RawLoad): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  let next = 0
  let open = load.connections
  const sleep = stayAwake()
  return new Promise<Map<number, number>>((resolve, reject) => {
    const finish = (socket: Socket) => {
      socket.end()
      open -= 1
      if (open === 0) resolve(statuses)
    }
    for (let i = 0; i < load.connections; i++) {
      const socket = connect(load.port, load.host)
      socket.setNoDelay(true)
      let pending: Buffer | undefined
      const sendNext = () => {
        if (next >= load.requests) return finish(socket)
        socket.write(load.request(next++))
      }
      socket.on('connect', sendNext)
      socket.on('error', reject)
      socket.on('data', chunk => {
        const bytes = pending ? Buffer.concat([pending, chunk]) : chunk
        const status = answeredStatus(bytes)
        if (status === 'incomplete') {
          pending = bytes
          return
        }
        if (status === 'no length') return reject(new Error(`answer without Content-Length: ${bytes.toString()}`))
        pending = undefined
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        sendNext()
      })
    }
  }).finally(sleep)
}

/** Never more than one request in flight per socket, so an answer is all that was read. */
function answeredStatus(bytes: Buffer): number | 'incomplete' | 'no length' {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return 'incomplete'
  const head = bytes.toString('latin1', 0, end)
  let at = head.indexOf('ontent-')
  // Both spellings of the name are in use; Content-Type may come first.
  while (at >= 0 && !/^[Ll]ength: */.test(head.slice(at + 7, at + 15))) at = head.indexOf('ontent-', at + 7)
  if (at < 0) return 'no length'
  const isWhole = bytes.length >= end + 4 + Number.parseInt(head.slice(at + 14), 10)
  return isWhole ? Number(head.slice(9, 12)) : 'incomplete'
}

export function post(path: string, body: string, contentType: string): Buffer {
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${contentType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
