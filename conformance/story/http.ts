import { Agent, request } from 'undici'
import { WebSocket } from 'ws'

export interface HttpRequest {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  body?: string | Buffer | undefined
  /** Instead of the usual one: for what a server may hold. */
  timeoutMs?: number
  /** Breaks the connection off. */
  signal?: AbortSignal
}

export interface SocketRequest {
  url: string
  headers?: Readonly<Record<string, string>>
  protocols?: readonly string[]
  compression?: boolean
}

export interface HttpAnswer {
  status: number
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  text: string
  /** As they came, for what is no text. */
  bytes?: Buffer
}

/** One for all requests to a target; it never repeats and never follows a redirect by itself. */
export interface Http {
  send(request: HttpRequest): Promise<HttpAnswer>
  /** Not open yet. */
  webSocket(request: SocketRequest): WebSocket
  close(): Promise<void>
}

export interface HttpSettings {
  insecure?: boolean
  /** PEM. */
  ca?: string
  timeoutMs: number
}

const largestAnswerBytes = 64 * 1024 * 1024

export function createHttp({ insecure = false, ca, timeoutMs }: HttpSettings): Http {
  const dispatcher = new Agent({
    connect: { rejectUnauthorized: !insecure, timeout: timeoutMs, ...(ca === undefined ? {} : { ca }) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: largestAnswerBytes,
    // A stopped node closes its connections; the next case must not find a dead one, whatever a node announces.
    keepAliveTimeout: 1_000,
    keepAliveMaxTimeout: 1_000,
  })
  return {
    async send({ method, url, headers, body, timeoutMs: ownMs, signal }) {
      const limitMs = ownMs ?? timeoutMs
      // What comes drop by drop keeps the other limits from biting.
      const limit = AbortSignal.timeout(limitMs * 2)
      const answer = await request(url, {
        method: method as 'POST',
        headers: { ...headers },
        body: body ?? null,
        dispatcher,
        headersTimeout: limitMs,
        bodyTimeout: limitMs,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      const bytes = Buffer.from(await answer.body.arrayBuffer())
      return {
        status: answer.statusCode,
        headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
        text: bytes.toString(),
        bytes,
      }
    },
    webSocket({ url, headers = {}, protocols = [], compression = false }) {
      const trust = { rejectUnauthorized: !insecure, ...(ca === undefined ? {} : { ca }) }
      const options = { headers, perMessageDeflate: compression, handshakeTimeout: timeoutMs, ...trust }
      return new WebSocket(url.replace(/^http/, 'ws'), [...protocols], options)
    },
    close: () => dispatcher.destroy(),
  }
}
