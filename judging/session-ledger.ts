import { type IndexRanges, isInRanges, rangesWithin, withoutIndex, withoutRange, withRange } from './index-ranges.ts'

/** `comet` = no push: the customer has a CometD connection, and a POST stands for a notification on it. */
export type PushedMode = 'device-id' | 'payload' | 'reliable' | 'comet'

/** An event as an answer or a payload push shows it. */
export interface SeenEvent {
  index: number
  type: string
  /** The customer is the one in `from`; own activity is pushed only with GCTI_GMS_NotifyRequestor (PUSH-023). */
  isOwn: boolean
  /** From the marker in its text; an event that is not ours has none and gives no latency. */
  plannedMs?: number
  latenessUs?: number
}

export interface SeenAnswer {
  /** First index of the transcript part that the answer shows; 0 = it shows none (OQ-05). */
  from: number
  nextPosition?: number
  events: readonly SeenEvent[]
  answeredMs: number
  /** A refresh that a push has caused; of a CometD customer the answer by which it hears, after a lost connection. */
  isTriggered: boolean
  /**
   * Comet: all up to here had happened before it was asked. What is newer may have happened while the request was under way,
   * and a server may then show it in the answer alone.
   */
  knownTo?: number
  /** Such a refresh of a customer that hears over CometD as well: it asks behind what was heard, and confirms all below. */
  confirmedBelow?: number
}

export interface SeenPost {
  receivedMs: number
  mode: PushedMode
  /** Payload. */
  event?: SeenEvent
  /** Reliable. */
  attempt?: number
  notifyPosition?: number
  nextPosition?: number
  /** Comet: when the request left that brought it; what was on its way before an answer may repeat what that showed. */
  askedMs?: number
  /** Comet: it came on another connection than the others and may have overtaken them. */
  isUnordered?: boolean
}

export interface ExpectedEvent extends SeenEvent {
  /** A refresh caused by another notice had the content. */
  isCovered: boolean
  /** Decided in an earlier stage of the drain, unless its push comes after all. */
  givenUpAs: 'lost' | 'open' | undefined
}

/** Never an index of a transcript: the own leave, which no answer shows. */
export const ownLeaveIndex = 0

/**
 * What a session's ledger remembers: only what is not settled. Below `knownBelow` every event was shown by an answer,
 * but for `gaps` (an answer covered the index and did not list it) and `holes` (no answer covered it); those in
 * `missing` still wait for their POST, all others have had it or get none.
 */
export interface SessionLedger<Owner> {
  owner: Owner
  mode: PushedMode | undefined
  knownBelow: number
  gaps: IndexRanges | undefined
  holes: IndexRanges | undefined
  missing: ExpectedEvent[]
  /** POSTs whose event no answer has shown yet. */
  early: SeenPost[]
  /** First repetitions of notices whose event no answer has shown yet: its attempt 0 may never have come. */
  repeats: SeenPost[]
  lastPushed: number
  lastCoveredMs: number
  /** When the customer's own disconnect was answered; undefined = it was not. */
  leftMs: number | undefined
  /** Comet: what the last answer after a lost connection showed, and when it came. */
  resumed: { from: number; to: number; atMs: number } | undefined
  /** Device-id: latencies are told when nothing comes any more and events and POSTs agree in number. */
  held: [event: ExpectedEvent, receivedMs: number][]
}

export function openSessionLedger<Owner>(owner: Owner, mode: PushedMode | undefined): SessionLedger<Owner> {
  return {
    owner,
    mode,
    knownBelow: 1,
    gaps: undefined,
    holes: undefined,
    missing: [],
    early: [],
    repeats: [],
    lastPushed: 0,
    lastCoveredMs: 0,
    leftMs: undefined,
    resumed: undefined,
    held: [],
  }
}

/** Something is missing, or came and belongs to nothing yet. */
export function isOutstanding({ missing, early }: SessionLedger<unknown>): boolean {
  return missing.length > 0 || early.length > 0
}

export function isUnknown(session: SessionLedger<unknown>, index: number): boolean {
  return index >= session.knownBelow || isInRanges(session.gaps, index) || isInRanges(session.holes, index)
}

/** No answer was ever asked about this index. */
export function isUncovered(session: SessionLedger<unknown>, index: number): boolean {
  return index >= session.knownBelow || isInRanges(session.holes, index)
}

/** Takes the answer's part of the transcript as known. @returns the events that were not known before. */
export function learn(session: SessionLedger<unknown>, answer: SeenAnswer): SeenEvent[] {
  if (answer.from < 1) return []
  const fresh = answer.events.filter(
    (event, at) => isUnknown(session, event.index) && answer.events.findIndex(e => e.index === event.index) === at,
  )
  const last = answer.events.at(-1)?.index ?? 0
  const next = Math.max(answer.nextPosition ?? 0, last + 1, answer.from)
  if (answer.from > session.knownBelow) session.holes = withRange(session.holes, session.knownBelow, answer.from)
  const nowCovered = rangesWithin(session.holes, answer.from, next)
  for (let at = 0; at < nowCovered.length; at += 2) {
    session.holes = withoutRange(session.holes, nowCovered[at]!, nowCovered[at + 1]!)
    session.gaps = withRange(session.gaps, nowCovered[at]!, nowCovered[at + 1]!)
  }
  session.gaps = withRange(session.gaps, Math.max(answer.from, session.knownBelow), next)
  for (const event of fresh) session.gaps = withoutIndex(session.gaps, event.index)
  session.knownBelow = Math.max(session.knownBelow, next)
  session.lastCoveredMs = Math.max(session.lastCoveredMs, answer.answeredMs)
  return fresh
}
