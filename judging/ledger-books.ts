import { countedAs, type LedgerCounts } from './ledger-counts.ts'
import type { ExpectedEvent, PushedMode, SeenEvent, SeenPost, SessionLedger } from './session-ledger.ts'

export interface LedgerRules {
  isPushed(type: string, mode: PushedMode): boolean
  /** GCTI_GMS_NotifyRequestor: own activity is pushed, too. */
  notifiesRequestor: boolean
  /**
   * A target that is not ours may fill `nextPosition` of a notice later than at its event: the n-th notice then stands
   * for the n-th pushed event, and a kind never pushed in the whole run is reported once instead of lost.
   */
  isLenient: boolean
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
}

/** Enough for the events between two answers; a session that never balances gives no latency anyway. */
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

export function tellHeld<Owner>(books: Books<Owner>, session: SessionLedger<Owner>): void {
  if (session.held.length === 0 || session.missing.length > 0 || session.early.length > 0) return
  for (const [event, receivedMs] of session.held) books.sink.delivered?.(session.owner, event, receivedMs)
  session.held = []
}

export function takeMissing(session: SessionLedger<unknown>, at: number): ExpectedEvent {
  return session.missing.splice(at, 1)[0]!
}
