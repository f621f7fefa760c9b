import type { WebSocket } from 'ws'
import { clockAnswer } from '../protocol/stream/clock-exchange.ts'
import { printable } from './printable.ts'

/** How far a peer may lag behind, and who is told in words that it was cut off for that. */
export interface Bound {
  mostBufferedBytes: number
  log(line: string): void
}

/** Runs are named by their clients. */
const longestName = 100

/** Whoever takes nothing of what is sent has ended, or is none of ours: it is cut off before it fills us. */
export function sendOrCut(socket: WebSocket, who: string, text: string, { mostBufferedBytes, log }: Bound): void {
  if (socket.bufferedAmount <= mostBufferedBytes) {
    socket.send(text)
    return
  }
  const behind = `it is more than ${mostBufferedBytes} bytes behind`
  if (socket.readyState === socket.OPEN) log(`${printable(who.slice(0, longestName))} is cut off: ${behind}`)
  socket.terminate()
}

/** Asking is sending, too. */
export function answerClock(socket: WebSocket, who: string, now: () => number, bound: Bound): void {
  socket.on('message', data => {
    const answer = clockAnswer(String(data), now())
    if (answer !== undefined) sendOrCut(socket, who, answer, bound)
  })
}
