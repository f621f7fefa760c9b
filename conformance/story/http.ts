import { Agent, request } from 'undici'

export interface HttpRequest {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  body?: string | Buffer | undefined
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
    // A stopped node closes its connections; the next case must not find a dead one.
    keepAliveTimeout: 1_000,
  })
  return {
    async send({ method, url, headers, body }) {
      const answer = await request(url, {
        method: method as 'POST',
        headers: { ...headers },
        body: body ?? null,
        dispatcher,
        // What comes drop by drop keeps the other limits from biting.
        signal: AbortSignal.timeout(timeoutMs * 2),
      })
      const bytes = Buffer.from(await answer.body.arrayBuffer())
      return {
        status: answer.statusCode,
        headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
        text: bytes.toString(),
        bytes,
      }
    },
    close: () => dispatcher.destroy(),
  }
}
