import { countedAs, type LedgerCounts } from './ledger-counts.ts'
import {
  type ExpectedEvent,
  ownLeaveIndex,
  type PushedMode,
  type SeenEvent,
  type SeenPost,
  type SessionLedger,
} from './session-ledger.ts'

export interface LedgerRules {
  isPushed(type: string, mode: PushedMode): boolean
  /** GCTI_GMS_NotifyRequestor: own activity is pushed, too. */
  notifiesRequestor: boolean
  /**
   * A target that is not ours may fill `nextPosition` of a notice later than at its event: the n-th notice then stands
   * for the n-th pushed event, and a kind never pushed in the whole run is reported once instead of lost.
   */
  isLenient: boolean
  /** W: a POST that comes later than this after the session's end belongs to no event of it. */
  observeMs: number
}

/** What the ledger finds out, told when it is sure. */
export interface LedgerSink<Owner> {
  delivered?(owner: Owner, event: ExpectedEvent, receivedMs: number): void
  wrong?(owner: Owner, kind: 'duplicate' | 'foreign' | 'out-of-order', post: SeenPost): void
  missed?(owner: Owner, event: ExpectedEvent, as: 'lost' | 'open' | 'covered'): void
}

/** What answers, POSTs and the closing write into. */
export interface Books<Owner> {
  rules: LedgerRules
  sink: LedgerSink<Owner>
  counts: LedgerCounts
  /** Longest way from planned to received so far: so late are POSTs that nothing is wrong with but their time. */
  slowestMs: number
}

/** Enough for the events between two pauses; a session that never balances gives no latency anyway. */
const heldAtMost = 10_000

/** A leave of the customer that an answer or a push shows may be another's doing (CV2-061), so it is no own activity. */
export function isPushed({ rules }: Pick<Books<never>, 'rules'>, event: SeenEvent, mode: PushedMode): boolean {
  const mayBe = !event.isOwn || event.type === 'ParticipantLeft' || rules.notifiesRequestor
  return mayBe && rules.isPushed(event.type, mode)
}

export function deliver<Owner>(
  books: Books<Owner>,
  session: SessionLedger<Owner>,
  event: ExpectedEvent,
  receivedMs: number,
): void {
  countedAs(books.counts, event.type, 'delivered')
  if (event.plannedMs !== undefined) books.slowestMs = Math.max(books.slowestMs, receivedMs - event.plannedMs)
  if (session.mode !== 'device-id') books.sink.delivered?.(session.owner, event, receivedMs)
  else if (session.held.length < heldAtMost) session.held.push([event, receivedMs])
}

export function wrong<Owner>(
  books: Books<Owner>,
  session: SessionLedger<Owner>,
  kind: 'duplicate' | 'foreign',
  post: SeenPost,
): void {
  books.counts[kind] += 1
  books.sink.wrong?.(session.owner, kind, post)
}

/**
 * The n-th POST is the n-th event. Told only after a silence: while things come, numbers may agree by accident, since a
 * POST too many is hidden by an event whose POST is still to come.
 */
export function tellHeld<Owner>(books: Books<Owner>, session: SessionLedger<Owner>): void {
  if (session.held.length === 0 || session.missing.length > 0 || session.early.length > 0) return
  // An answer may show an event later than its neighbours; the own leave, which none shows, is the last.
  const place = (event: ExpectedEvent) => (event.index === ownLeaveIndex ? Number.POSITIVE_INFINITY : event.index)
  const events = session.held.map(([event]) => event).sort((a, b) => place(a) - place(b))
  const instants = session.held.map(([, receivedMs]) => receivedMs).sort((a, b) => a - b)
  events.forEach((event, at) => {
    books.sink.delivered?.(session.owner, event, instants[at]!)
  })
  session.held = []
}

export function takeMissing(session: SessionLedger<unknown>, at: number): ExpectedEvent {
  return session.missing.splice(at, 1)[0]!
}
