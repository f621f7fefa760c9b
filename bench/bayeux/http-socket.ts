import { connect } from 'node:net'

/** One keep-alive connection with at most one request in flight: costs the generator as little as a client can. */
export interface HttpSocket {
  /** @returns the body of the answer. @throws when the status is not 200. */
  post(path: string, body: string, cookie: string): Promise<{ body: string; head: string }>
  /** false = the server has closed it. */
  isOpen(): boolean
  close(): void
}

const headEnd = '\r\n\r\n'

export function openHttpSocket(host: string, port: number): Promise<HttpSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host)
    socket.setNoDelay(true)
    let taken = ''
    let waiting: { resolve(answer: { body: string; head: string }): void; reject(error: Error): void } | undefined
    const fail = (error: Error) => {
      reject(error)
      waiting?.reject(error)
    }
    socket.setEncoding('utf8')
    socket.on('error', fail)
    socket.on('close', () => waiting?.reject(new Error(`the server at port ${port} closed the connection`)))
    socket.on('data', (text: string) => {
      taken = taken === '' ? text : taken + text
      const answer = wholeAnswer(taken)
      if (answer === undefined) return
      taken = ''
      const asked = waiting
      waiting = undefined
      if (answer.head.startsWith('HTTP/1.1 200')) asked?.resolve(answer)
      else asked?.reject(new Error(answer.head.slice(0, 200) + answer.body.slice(0, 300)))
    })
    socket.on('connect', () =>
      resolve({
        post(path, body, cookie) {
          socket.write(
            `POST ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nContent-Type: application/json\r\n${cookie === '' ? '' : `Cookie: ${cookie}\r\n`}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
          )
          return new Promise((resolve, reject) => {
            waiting = { resolve, reject }
          })
        },
        isOpen: () => !socket.destroyed && !socket.readableEnded,
        close: () => socket.destroy(),
      }),
    )
  })
}

/** ASCII only: what is counted in characters here is counted in bytes by the server. */
function wholeAnswer(text: string): { head: string; body: string } | undefined {
  const at = text.indexOf(headEnd)
  if (at < 0) return undefined
  const head = text.slice(0, at)
  const rest = text.slice(at + headEnd.length)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (length) return rest.length >= Number(length[1]) ? { head, body: rest } : undefined
  return rest.endsWith(`0${headEnd}`) ? { head, body: unchunked(rest) } : undefined
}

function unchunked(text: string): string {
  let body = ''
  for (let at = 0; ; ) {
    const line = text.indexOf('\r\n', at)
    const size = Number.parseInt(text.slice(at, line), 16)
    if (!(size > 0)) return body
    body += text.slice(line + 2, line + 2 + size)
    at = line + 2 + size + 2
  }
}
