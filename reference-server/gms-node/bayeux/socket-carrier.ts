import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Carrier } from './carrier.ts'
import type { Session } from './session.ts'
import { asciiFrame, frames, isAscii } from './text-frame.ts'

/** A class, because thousands of sockets are one each, and methods of a class cost them nothing. */
export class SocketCarrier implements Carrier {
  readonly transport = 'websocket'
  browser = ''
  session: Session | undefined = undefined
  readonly #socket: WebSocket
  /** Below the WebSocket. */
  readonly #stream: Socket
  #bytesSeen = 0
  #idleSinceMs: number

  constructor(socket: WebSocket, stream: Socket, nowMs: number) {
    this.#socket = socket
    this.#stream = stream
    this.#idleSinceMs = nowMs
  }

  isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  unsentBytes(): number {
    return this.#socket.bufferedAmount
  }

  /**
   * As far as who asks from time to time can tell. Like Jetty's: whatever comes or goes counts, pings and pongs too. Who waits
   * for the end of a connect is not idle, however long that was asked to take.
   */
  idleSinceMs(nowMs: number): number {
    const bytes = this.#stream.bytesRead + this.#stream.bytesWritten
    if (bytes !== this.#bytesSeen || this.session?.held === this) {
      this.#bytesSeen = bytes
      this.#idleSinceMs = nowMs
    }
    return this.#idleSinceMs
  }

  /** BX-152: one frame per event, so that a client may begin with the first. */
  send(events: readonly string[], replies: readonly string[]): void {
    const texts = events.map(event => `[${event}]`)
    if (replies.length > 0) texts.push(`[${replies.join()}]`)
    if (this.#socket.extensions !== '') for (const text of texts) this.#socket.send(text)
    else if (this.isOpen()) this.#write(texts)
  }

  /** All frames in one piece and one call of the system: half the cost of an echo is the way through the kernel. */
  #write(texts: readonly string[]): void {
    if (!texts.every(isAscii)) return void this.#stream.write(frames(texts))
    let piece = ''
    for (const text of texts) piece += asciiFrame(text)
    this.#stream.write(piece, 'latin1')
  }

  fail(): void {
    this.#socket.terminate()
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason)
  }
}
