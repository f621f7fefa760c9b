import type { StampedMessage } from './join.ts'
import type { Stop } from './stop-process.ts'

/** Latency from the plan, and from the send. */
export interface Truth {
  corrected: number[]
  raw: number[]
}

/** Who could only be served after the stop waited until its end, who was planned at another time did not wait at all. */
export function truthOfSends(plannedMs: readonly number[], stop: Stop, isSentInTime: boolean): Truth {
  const waits = plannedMs.map(ms => (ms >= stop.fromMs && ms < stop.toMs ? stop.toMs - ms : 0))
  // A generator that stands still sends when it goes on: counted from there nothing has waited.
  return { corrected: waits, raw: isSentInTime ? waits : waits.map(() => 0) }
}

/** The target's own stamps; what it wrote to somebody who stood still was read when that one went on. */
export function truthOfStamps(messages: readonly StampedMessage[], stop?: Stop): Truth {
  const readMs = (begunMs: number) => (stop && begunMs >= stop.fromMs ? Math.max(begunMs, stop.toMs) : begunMs)
  return {
    corrected: messages.map(({ plannedMs, begunMs }) => readMs(begunMs) - plannedMs),
    raw: messages.map(({ sentMs, begunMs }) => readMs(begunMs) - sentMs),
  }
}
