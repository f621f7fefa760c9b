import { numberOr } from './json.ts'
import { phaseOf, type RunContext } from './run-context.ts'

export interface TraceIntake {
  /** One record as it came; what is no record is left out. */
  take(record: unknown): void
  /** The receiver read the first POST for this event, by its own clock. */
  received(chatId: string, index: number, receivedMs: number): void
  /** Forgets what nobody asks for any more: events that are never pushed. */
  forget(nowMs: number): void
  counts(): { accepted: number; begun: number; acknowledged: number }
}

interface Flight {
  seenMs: number
  acceptedMs?: number
  receivedMs?: number
  queuedMs?: number
  begunMs?: number
}

/** POSTs wait in a node's queue; what is older belongs to no POST that is still to come. */
const keptMs = 120_000
/** How long a wait in a queue is remembered as the longest one lately. */
const recentMs = 10_000
/** The trace comes later than the POST, whose own wait may be the longest: twice the longest one known, and this. */
const queueSlackMs = 200

/** Joins the sender's trace with what the receiver saw, by chat and index. Nothing in the ledger depends on it. */
export function createTraceIntake(contextOf: () => RunContext): TraceIntake {
  const flights = new Map<string, Flight>()
  const counts = { accepted: 0, begun: 0, acknowledged: 0 }
  let longest = { ms: 0, atMs: 0 }

  function flightOf(key: string): Flight {
    const known = flights.get(key)
    if (known) return known
    const flight: Flight = { seenMs: contextOf().nowMs() }
    flights.set(key, flight)
    return flight
  }

  /** Both instants on the server's clock. */
  function record(metric: 'queue_wait' | 'push_service_time', fromMs: number, toMs: number): void {
    const context = contextOf()
    context.histograms.record(metric, phaseOf(context, onOurClock(fromMs)), toMs - fromMs)
  }

  function recordPipeline(acceptedMs: number, receivedMs: number): void {
    const context = contextOf()
    const { offsetMs, boundMs } = context.clocks.between('reference server', 'receiver', acceptedMs)
    const ms = receivedMs - (acceptedMs + offsetMs)
    context.histograms.record('push_pipeline', phaseOf(context, onOurClock(acceptedMs)), ms, boundMs)
  }

  function onOurClock(atMs: number): number {
    return atMs + contextOf().clocks.between('reference server', 'collector', atMs).offsetMs
  }

  function noteWait(waitMs: number, atMs: number): void {
    if (waitMs < longest.ms && atMs - longest.atMs < recentMs) return
    longest = { ms: waitMs, atMs }
    contextOf().queueAgeMs = 2 * waitMs + queueSlackMs
  }

  return {
    take(entry) {
      if (!Array.isArray(entry)) return
      const [kind, chatId, index, atMs, , attempt, status] = entry as unknown[]
      if (typeof chatId !== 'string' || typeof index !== 'number' || typeof atMs !== 'number') return
      const event = `${chatId} ${index}`
      const post = `${event} ${numberOr(attempt, 0)}`
      if (kind === 'accepted') {
        counts.accepted += 1
        flightOf(event).acceptedMs = atMs
      } else if (kind === 'queued') flightOf(post).queuedMs = atMs
      else if (kind === 'begun') {
        counts.begun += 1
        const flight = flightOf(post)
        flight.begunMs = atMs
        if (flight.queuedMs === undefined) return
        record('queue_wait', flight.queuedMs, atMs)
        noteWait(atMs - flight.queuedMs, atMs)
      } else if (kind === 'answered') {
        const begunMs = flights.get(post)?.begunMs
        if (begunMs !== undefined) record('push_service_time', begunMs, atMs)
        if (numberOr(status, 0) >= 200 && numberOr(status, 0) < 300) counts.acknowledged += 1
        flights.delete(post)
      }
      if (kind === 'accepted') settle(event)
    },

    received(chatId, index, receivedMs) {
      const event = `${chatId} ${index}`
      const flight = flightOf(event)
      flight.receivedMs ??= receivedMs
      settle(event)
    },

    forget(nowMs) {
      for (const [key, { seenMs }] of flights) {
        if (nowMs - seenMs < keptMs) return
        flights.delete(key)
      }
    },

    counts: () => counts,
  }

  function settle(event: string): void {
    const flight = flights.get(event)
    if (flight?.acceptedMs === undefined || flight.receivedMs === undefined) return
    recordPipeline(flight.acceptedMs, flight.receivedMs)
    flights.delete(event)
  }
}
