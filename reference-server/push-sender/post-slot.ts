import { Client, type Dispatcher } from 'undici'
import type { Clock } from '../clock.ts'
import type { Post } from '../faults/gate.ts'

export interface PostSettings {
  clock: Clock
  /** Read for each POST: refserver options take effect at once. */
  timeoutMs(): number
  /** `http.ssl_trust_all` (PUSH-048); may change, and is then in force for the next POST (OPT-096). */
  readonly trustAll: boolean
}

/** Sends one POST at a time over a kept connection per origin. */
export interface PostSlot {
  /** Only when the one before is answered. `answered` gets the status, or 0 and why there is none, never synchronously. */
  post(post: Post): void
  close(): Promise<void>
}

export type Answered = (status: number, failure: string) => void

/**
 * undici's `dispatch` with one handler for all POSTs: no promise, no stream and no timer is made per POST. The timeout is
 * one timer on the injected clock that looks at the POST then in flight and arms itself again for the rest.
 */
export function createPostSlot(settings: PostSettings, answered: Answered): PostSlot {
  const { clock } = settings
  const clients = new Map<string, Client>()
  let trustAll = settings.trustAll
  let current: Client | undefined
  let currentOrigin = ''
  let status = 0
  let timeoutMs = 0
  let deadlineMs = 0
  let cancelTimer: (() => void) | undefined
  let timerAtMs = 0

  const finish = (code: number, failure: string) => {
    if (!current) return
    current = undefined
    answered(code, failure)
  }
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart() {},
    onResponseStart(_controller, code) {
      status = code
    },
    onResponseData() {},
    onResponseEnd() {
      finish(status, '')
    },
    onResponseError(_controller, error) {
      // undici must not get a new request while it is still taking leave of the broken connection.
      setImmediate(() => finish(0, describe(error)))
    },
  }
  const clientOf = (origin: string) => {
    let client = clients.get(origin)
    if (!client) {
      client = new Client(origin, {
        pipelining: 1,
        // The timeout is ours, on the injected clock.
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: { rejectUnauthorized: !trustAll },
      })
      clients.set(origin, client)
    }
    return client
  }
  const drop = (origin: string, reason: Error) => {
    const client = clients.get(origin)
    clients.delete(origin)
    client?.destroy(reason).catch(() => {})
  }
  const arm = () => {
    if (cancelTimer && timerAtMs <= deadlineMs) return
    cancelTimer?.()
    timerAtMs = deadlineMs
    cancelTimer = clock.at(deadlineMs, () => {
      cancelTimer = undefined
      if (!current) return
      if (clock.now() < deadlineMs) arm()
      // Destroying the client also ends a connection attempt, which has nothing else to abort.
      else drop(currentOrigin, new Error(`timeout after ${timeoutMs} ms`))
    })
  }

  return {
    post({ method, origin, path, headers, body }) {
      if (settings.trustAll !== trustAll) {
        trustAll = settings.trustAll
        for (const other of [...clients.keys()]) drop(other, new Error('http.ssl_trust_all was changed'))
      }
      const client = clientOf(origin)
      current = client
      currentOrigin = origin
      status = 0
      timeoutMs = settings.timeoutMs()
      deadlineMs = clock.now() + timeoutMs
      arm()
      client.dispatch({ method: method as 'POST', path, headers, body }, handler)
    },
    async close() {
      cancelTimer?.()
      const closing = [...clients.values()]
      clients.clear()
      await Promise.all(closing.map(client => client.destroy(new Error('the node stopped')).catch(() => {})))
    },
  }
}

/** The error code where there is one (`ECONNREFUSED`), because messages differ between addresses and versions. */
function describe(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code
  return code && !code.startsWith('UND_ERR_DESTROYED') ? code : error.message
}
