import type { WebSocket } from 'ws'
import { type BayeuxMessage, parseMessages } from '../../../protocol/bayeux/message.ts'
import { afterAwake } from '../../awake.ts'

/** A WebSocket that sends exactly what it is told to. */
export interface RawSocket {
  /** Messages as one frame, or this text or these bytes. */
  send(what: readonly BayeuxMessage[] | string | Buffer): void
  /** Texts of the frames so far. */
  readonly frames: readonly string[]
  /** Resolves when there are so many frames, or the socket is closed, or after the patience of the target. */
  until(frames: number): Promise<void>
  /** When it was closed: the code, and what was said; default limit as above. */
  closed(limitMs?: number): Promise<{ code: number; reason: string } | undefined>
  readonly isOpen: boolean
  /** '' = none was confirmed. */
  readonly protocol: string
  readonly extensions: string
  close(): void
  /** Without a close frame. */
  cut(): void
  onFrame(listener: (text: string) => void): void
}

/** @throws Error when it does not open. */
export function openRawSocket(socket: WebSocket, patienceMs: number): Promise<RawSocket> {
  const frames: string[] = []
  const listeners: ((text: string) => void)[] = []
  let ended: { code: number; reason: string } | undefined
  const looks = new Set<() => void>()

  const wait = (holds: () => boolean, limitMs: number) =>
    new Promise<void>(resolve => {
      const done = () => {
        callOff()
        looks.delete(look)
        resolve()
      }
      const look = () => holds() && done()
      const callOff = afterAwake(limitMs, done)
      looks.add(look)
      look()
    })

  socket.on('message', (data, isBinary) => {
    if (isBinary) return
    const text = String(data)
    frames.push(text)
    for (const listener of listeners) listener(text)
    for (const look of [...looks]) look()
  })
  socket.on('close', (code, reason) => {
    ended = { code, reason: String(reason) }
    for (const look of [...looks]) look()
  })

  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => {
      socket.off('error', reject)
      // The close that follows says what has to be known.
      socket.on('error', () => {})
      resolve({
        send: what => socket.send(typeof what === 'string' || Buffer.isBuffer(what) ? what : JSON.stringify(what)),
        frames,
        until: count => wait(() => frames.length >= count || ended !== undefined, patienceMs),
        async closed(limitMs = patienceMs) {
          await wait(() => ended !== undefined, limitMs)
          return ended
        },
        get isOpen() {
          return socket.readyState === socket.OPEN
        },
        protocol: socket.protocol,
        extensions: socket.extensions,
        close: () => socket.close(1000),
        cut: () => socket.terminate(),
        onFrame: listener => void listeners.push(listener),
      })
    })
  })
}

export function messagesOf(frames: readonly string[]): BayeuxMessage[] {
  return frames.flatMap(text => parseMessages(text) ?? [])
}
