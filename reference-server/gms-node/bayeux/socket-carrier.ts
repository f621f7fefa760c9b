import type { WebSocket } from 'ws'
import type { Carrier } from './carrier.ts'
import type { Session } from './session.ts'

/** A class, because thousands of sockets are one each, and methods of a class cost them nothing. */
export class SocketCarrier implements Carrier {
  readonly transport = 'websocket'
  browser = ''
  session: Session | undefined = undefined
  seenAtMs: number
  readonly #socket: WebSocket

  constructor(socket: WebSocket, nowMs: number) {
    this.#socket = socket
    this.seenAtMs = nowMs
  }

  isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  unsentBytes(): number {
    return this.#socket.bufferedAmount
  }

  /** BX-152: one frame per event, so that a client may begin with the first. */
  send(events: readonly string[], replies: readonly string[]): void {
    for (const event of events) this.#socket.send(`[${event}]`)
    if (replies.length > 0) this.#socket.send(`[${replies.join()}]`)
  }

  fail(): void {
    this.#socket.terminate()
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason)
  }
}
