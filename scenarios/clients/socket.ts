import type { CookieJar } from 'k6/http'
import { WebSocket } from 'k6/websockets'

/** A WebSocket whose every wait is bounded and whose callbacks cannot end the VU. */
export interface Socket {
  readonly isOpen: boolean
  /** Bytes that are sent and not yet taken by the network. */
  readonly buffered: number
  send(data: string | ArrayBuffer): void
  /** Resolves when closed, or after 2 s: k6 itself waits for ever for a peer that never answers the close frame. */
  close(): Promise<void>
}

export interface SocketHandlers {
  /** `atMs`: when the frame was read, before the queue of the event loop. */
  message(data: string, atMs: number): void
  /** Closed by the peer or broken; not called after our own `close`. */
  lost(reason: string): void
  failed(message: string): void
}

const openLimitMs = 10_000
const closeLimitMs = 2_000

/** @returns undefined when it did not open in time; `lost` then tells why. */
export function openSocket(
  url: string,
  name: string,
  handlers: SocketHandlers,
  more: { jar?: CookieJar } = {},
): Promise<Socket | undefined> {
  return new Promise(resolve => {
    const socket = new WebSocket(url, null, { tags: { name }, ...more })
    let state: 'opening' | 'open' | 'closing' | 'closed' = 'opening'
    let problem = ''
    let closed = () => {}
    const timer = setTimeout(() => lose(`no connection within ${openLimitMs / 1_000} s`), openLimitMs)

    function lose(reason: string) {
      clearTimeout(timer)
      const before = state
      state = 'closed'
      if (before === 'opening') resolve(undefined)
      if (before !== 'opening' && before !== 'open') return
      try {
        handlers.lost(reason)
      } catch (error) {
        failed(error)
      }
    }

    function failed(error: unknown) {
      handlers.failed(`${name}: ${(error as Error).stack ?? error}`)
    }

    socket.addEventListener('open', () => {
      if (state !== 'opening') return socket.close()
      clearTimeout(timer)
      state = 'open'
      resolve({
        get isOpen() {
          return state === 'open'
        },
        get buffered() {
          return socket.bufferedAmount
        },
        send(data) {
          if (state === 'open') socket.send(data)
        },
        close() {
          if (state !== 'open') return Promise.resolve()
          state = 'closing'
          return new Promise(done => {
            const limit = setTimeout(done, closeLimitMs)
            closed = () => {
              clearTimeout(limit)
              done()
            }
            socket.close()
          })
        },
      })
    })
    socket.addEventListener('message', event => {
      if (!('data' in event) || typeof event.data !== 'string') return
      try {
        handlers.message(event.data, event.timestamp)
      } catch (error) {
        failed(error)
      }
    })
    socket.addEventListener('error', event => {
      if ('error' in event) problem = event.error
    })
    socket.addEventListener('close', () => {
      lose(problem || 'closed by the peer')
      closed()
    })
  })
}

/** `http://host` as `ws://host`. */
export function webSocketUrl(url: string): string {
  return url.replace(/^http/, 'ws').replace(/\/+$/, '')
}
