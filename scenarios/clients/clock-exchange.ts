import { clockPrefix } from '../../protocol/stream/shard-stream.ts'
import { createClockEstimate } from '../load/clock-estimate.ts'
import type { Socket } from './socket.ts'

/** Measures the clock of a socket's peer: asks with `c,<t1>`, reads `c,<t1>,<t2>`. */
export interface ClockExchange {
  ask(socket: Socket): void
  /** @returns whether the message was an answer of the exchange. */
  answered(data: string, atMs: number): boolean
  /** peer − ours, 0 before the first answer. */
  offsetMs(): number
  read(): { offsetMs: number; boundMs: number; rounds: number } | undefined
}

export function createClockExchange(now: () => number): ClockExchange {
  const estimate = createClockEstimate()
  // Read for each push, better only now and then.
  let offsetMs = 0
  return {
    ask: socket => socket.send(`${clockPrefix}${now()}`),
    answered(data, atMs) {
      if (!data.startsWith(clockPrefix)) return false
      const parts = data.split(',')
      if (estimate.add(Number(parts[1]), Number(parts[2]), atMs)) offsetMs = estimate.read()?.offsetMs ?? 0
      return true
    },
    offsetMs: () => offsetMs,
    read: estimate.read,
  }
}
