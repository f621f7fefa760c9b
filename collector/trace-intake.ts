import type { Phase } from '../protocol/instants.ts'
import { numberOr } from './json.ts'
import { createPushStages, keptMs } from './push-stages.ts'
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

/** A POST on its way; times on the server's clock. */
interface Flight {
  seenMs: number
  queuedMs?: number
  begunMs?: number
}

/** How long a wait in a queue is remembered as the longest one lately. */
const recentMs = 10_000
/** The trace comes later than the POST, whose own wait may be the longest: twice the longest one known, and this. */
const queueSlackMs = 200

/** What the sender's trace tells about each POST, and with what the receiver saw about each event. Nothing in the ledger depends on it. */
export function createTraceIntake(contextOf: () => RunContext): TraceIntake {
  const flights = new Map<string, Flight>()
  const stages = createPushStages(contextOf, phaseOfServer)
  const counts = { accepted: 0, begun: 0, acknowledged: 0 }
  let longest = { ms: 0, atMs: 0 }

  function flightOf(key: string): Flight {
    const known = flights.get(key)
    if (known) return known
    const flight: Flight = { seenMs: contextOf().nowMs() }
    flights.set(key, flight)
    return flight
  }

  function onOurClock(atMs: number): number {
    return atMs + contextOf().clocks.between('reference server', 'collector', atMs).offsetMs
  }

  function phaseOfServer(atMs: number): Phase {
    return phaseOf(contextOf(), onOurClock(atMs))
  }

  /** Both instants on the server's clock. */
  function record(metric: 'queue_wait' | 'push_service_time', fromMs: number, toMs: number): void {
    contextOf().histograms.record(metric, phaseOfServer(fromMs), toMs - fromMs)
  }

  function noteWait(waitMs: number, atMs: number): void {
    if (waitMs < longest.ms && atMs - longest.atMs < recentMs) return
    longest = { ms: waitMs, atMs }
    contextOf().queueAgeMs = 2 * waitMs + queueSlackMs
  }

  function begun(post: string, node: string, attempt: number, atMs: number): void {
    counts.begun += 1
    const flight = flightOf(post)
    flight.begunMs = atMs
    const waitMs = flight.queuedMs === undefined ? undefined : atMs - flight.queuedMs
    contextOf().nodes.begun(node, attempt, phaseOfServer(flight.queuedMs ?? atMs) === 'steady', waitMs)
    if (flight.queuedMs === undefined || waitMs === undefined) return
    record('queue_wait', flight.queuedMs, atMs)
    noteWait(waitMs, atMs)
  }

  function answered(post: string, node: string, status: number, atMs: number): void {
    const begunMs = flights.get(post)?.begunMs
    if (begunMs !== undefined) record('push_service_time', begunMs, atMs)
    const serviceMs = begunMs === undefined ? undefined : atMs - begunMs
    contextOf().nodes.answered(node, status, phaseOfServer(begunMs ?? atMs) === 'steady', serviceMs)
    if (status >= 200 && status < 300) counts.acknowledged += 1
    else {
      const outcome = status === 0 ? 'no answer' : `HTTP ${status}`
      contextOf().failedPosts.add({ operation: node, outcome, atMs: onOurClock(atMs), answer: '' })
    }
    flights.delete(post)
  }

  return {
    take(entry) {
      if (!Array.isArray(entry)) return
      const [kind, chatId, index, atMs, third, fourth, status] = entry as unknown[]
      if (typeof chatId !== 'string' || typeof index !== 'number' || typeof atMs !== 'number') return
      const event = `${chatId} ${index}`
      if (kind === 'accepted') {
        counts.accepted += 1
        const server = typeof fourth === 'string' ? fourth : undefined
        if (server !== undefined) contextOf().chatServers.accepted(server, index)
        stages.accepted(event, atMs, server)
        return
      }
      const node = String(third ?? '')
      const attempt = numberOr(fourth, 0)
      const post = `${event} ${attempt}`
      if (kind === 'queued') flightOf(post).queuedMs = atMs
      else if (kind === 'begun') begun(post, node, attempt, atMs)
      else if (kind === 'answered') answered(post, node, numberOr(status, 0), atMs)
      else return
      if (attempt === 0) stages.posted(event, kind, atMs)
    },

    received: (chatId, index, receivedMs) => stages.received(`${chatId} ${index}`, receivedMs),

    forget(nowMs) {
      stages.forget(nowMs)
      for (const [key, { seenMs }] of flights) {
        if (nowMs - seenMs < keptMs) return
        flights.delete(key)
      }
    },

    counts: () => counts,
  }
}
