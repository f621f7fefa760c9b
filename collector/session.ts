import type { PushedMode, SeenEvent, SessionLedger } from '../judging/session-ledger.ts'
import type { AnsweredEvent } from '../protocol/chat/answer.ts'
import type { ArrivalWatch } from '../protocol/checks/bayeux/arrivals.ts'
import type { SessionWatch } from '../protocol/checks/session-watch.ts'
import { readMarker } from '../protocol/marker.ts'
import type { ShardRow } from '../protocol/stream/shard-stream.ts'

/** What the collector knows of one chat session. */
export interface Session {
  shard: number
  session: number
  /** `<shard>.<session>` */
  name: string
  mode: PushedMode | undefined
  watch: SessionWatch
  /** CometD: what came, held against what was asked; undefined until something came. */
  arrivals: ArrivalWatch | undefined
  ledger: SessionLedger<Session>
  /** Of the second book: what a customer that is pushed has to hear as well. */
  heard: SessionLedger<Session> | undefined
  /** Once request chat was answered; over CometD, where answers do not tell it, once a reliable push has. */
  chatId: string | undefined
  /** Receiver path of its last push: the node that its pushes come through. */
  lane: string | undefined
  /** A refresh that a push had caused was answered; a ping was. */
  isConfirmed: boolean
  isPinged: boolean
  /** A push or an answer has said that the session is over, or that the customer was removed. */
  isEnded: boolean
  /** The customer's own disconnect was answered with success: what says "over" from then on excuses nothing before. */
  hasLeft: boolean
  /** Collector's clock: when the last answer or push of it came. */
  lastSeenMs: number
  /** Requests refused because the session is over, until it is known who ended it. */
  refused: { row: ShardRow; body: string }[]
}

export function seenEvent(run: string, event: AnsweredEvent & { index: number }): SeenEvent {
  const marker = readMarker(event.text)
  const isOwn = event.from.participantId === 1
  const seen = { index: event.index, type: event.type, isOwn }
  // A text of another run is not ours: it counts, and gives no latency.
  return marker?.run === run ? { ...seen, plannedMs: marker.plannedMs, latenessUs: marker.latenessUs } : seen
}

export function seenEvents(run: string, events: readonly AnsweredEvent[] | undefined): SeenEvent[] {
  return (events ?? []).flatMap(event =>
    event.index === undefined ? [] : [seenEvent(run, { ...event, index: event.index })],
  )
}

/** In no latency. */
export function untimed({ index, type, isOwn }: SeenEvent): SeenEvent {
  return { index, type, isOwn }
}

/**
 * The customer was taken out of the session. Not by protocol inactivity (reason 3), which nobody but a client that pings
 * too rarely causes: what is refused then has failed.
 */
export function endEvidence(events: readonly AnsweredEvent[] | undefined): boolean {
  if (!Array.isArray(events)) return false
  return events.some(
    event =>
      event?.type === 'ParticipantLeft' &&
      event.from?.participantId === 1 &&
      event.userData?.['quit-reason-code'] !== '3' &&
      event.userData?.['quit-reason-advice'] === undefined,
  )
}
