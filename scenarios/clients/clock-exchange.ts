import {
  type ClockRound,
  clockQuestion,
  isClockMessage,
  readClockAnswer,
} from '../../protocol/stream/clock-exchange.ts'
import { createClockEstimate } from '../load/clock-estimate.ts'
import type { Socket } from './socket.ts'

/** Compares our clock with that of a socket's peer. */
export interface ClockExchange {
  ask(socket: Socket): void
  /** @returns whether the message was an answer of the exchange. */
  answered(data: string, atMs: number): boolean
  /** peer − ours, 0 before the first answer. */
  offsetMs(): number
  /** What came since the last call, for the collector, and how far off `offsetMs` may be; undefined = nothing came. */
  taken(): { rounds: ClockRound[]; boundMs: number } | undefined
}

/** In a plain `k6 run` nobody takes them. */
const mostKept = 100

export function createClockExchange(now: () => number, isHere: boolean): ClockExchange {
  const estimate = createClockEstimate(isHere)
  let rounds: ClockRound[] = []
  return {
    ask: socket => socket.send(clockQuestion(now())),
    answered(data, atMs) {
      if (!isClockMessage(data)) return false
      // The frame's own stamp is the better one (before the queue), but of the wall clock, which may have been set.
      const nowMs = now()
      const round = readClockAnswer(data, nowMs)
      if (!round) return true
      const receivedMs = atMs >= round[0] && atMs <= nowMs ? atMs : nowMs
      estimate.add(round[0], round[1], receivedMs)
      if (rounds.length < mostKept) rounds.push([round[0], round[1], receivedMs])
      return true
    },
    offsetMs: estimate.offsetMs,
    taken() {
      const boundMs = estimate.boundMs(now())
      if (boundMs === undefined || rounds.length === 0) return undefined
      const taken = rounds
      rounds = []
      return { rounds: taken, boundMs }
    },
  }
}
