import type { WebSocket } from 'ws'
import { type ClockRound, clockQuestion, isClockMessage, readClockAnswer } from '../protocol/stream/clock-exchange.ts'

/** Exchanges clocks with the peer of a socket, from its opening to its end. */
export interface ClockAsker {
  /** @returns whether the message was an answer of the exchange. */
  took(message: string): boolean
  stop(): void
}

/** Often, so that a step is noticed before many samples were taken with it; it costs two short frames. */
const everyMs = 250
/** One after the other at the beginning: the best of some is known before the first sample. */
const atOnce = 10

/** `socket` is open. */
export function startClockAsker(
  socket: WebSocket,
  now: () => number,
  onRound: (round: ClockRound) => void,
): ClockAsker {
  let rounds = 0
  const ask = () => socket.readyState === socket.OPEN && socket.send(clockQuestion(now()))
  const timer = setInterval(ask, everyMs).unref()
  ask()
  return {
    took(message) {
      if (!isClockMessage(message)) return false
      const round = readClockAnswer(message, now())
      if (!round) return true
      rounds += 1
      onRound(round)
      if (rounds < atOnce) ask()
      return true
    },
    stop: () => clearInterval(timer),
  }
}
