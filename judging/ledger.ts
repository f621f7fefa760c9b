import { takeAnswer, takeLeave } from './ledger-answers.ts'
import { type Books, type LedgerRules, type LedgerSink, tellHeld } from './ledger-books.ts'
import { closeSessions } from './ledger-closing.ts'
import { countedAs, emptyCounts, type LedgerCounts } from './ledger-counts.ts'
import { takePost } from './ledger-posts.ts'
import {
  isOutstanding,
  openSessionLedger,
  type PushedMode,
  type SeenAnswer,
  type SeenPost,
  type SessionLedger,
} from './session-ledger.ts'

export interface Ledger<Owner> {
  readonly counts: LedgerCounts
  open(owner: Owner, mode: PushedMode | undefined): SessionLedger<Owner>
  /** Forgets a session for which nothing is outstanding. @returns false while something is. */
  forget(session: SessionLedger<Owner>): boolean
  /** A session that was forgotten: whatever still comes for it had come before. */
  reopen(owner: Owner, mode: PushedMode | undefined): SessionLedger<Owner>
  answered(session: SessionLedger<Owner>, answer: SeenAnswer): void
  posted(session: SessionLedger<Owner>, post: SeenPost): void
  /** The customer's disconnect was answered with success: one own leave is expected with NotifyRequestor. */
  left(session: SessionLedger<Owner>, answeredMs: number): void
  /** Nothing came for the session for a while: latencies that waited for it are told. */
  quiet(session: SessionLedger<Owner>): void
  /** A POST for a device that is none of this run. */
  postedToNobody(): void
  /** A POST that was answered 400 or 413 (counted apart). */
  refused(): void
  /** Shutdown advice: no transcript event, expected exactly as often as it comes (CS-104). */
  advised(): void
  /** Events without POST; `uncovered` leaves out those whose content a refresh had. */
  missing(): { uncovered: number; covered: number }
  /** Events still missing no longer hold up the drain; they may still come. What does not is `as`. */
  giveUp(as: 'lost' | 'open'): void
  /** A POST that no event can be read from, for a session that is ours. */
  unreadable(): void
  /**
   * Decides about all that is still missing and was not given up. Where the answers are not all here (a shard died), a POST for a session
   * without answers is taken for the event of an answer that got lost, not for a foreign one.
   */
  close(stillMissing: 'lost' | 'open', hasAllAnswers?: boolean): { neverPushed: string[] }
}

export function createLedger<Owner>(rules: LedgerRules, sink: LedgerSink<Owner> = {}): Ledger<Owner> {
  const counts = emptyCounts()
  const books: Books<Owner> = { rules, sink, counts, slowestMs: 0 }
  const sessions = new Set<SessionLedger<Owner>>()

  return {
    counts,

    open(owner, mode) {
      const session = openSessionLedger(owner, mode)
      sessions.add(session)
      return session
    },

    forget(session) {
      if (isOutstanding(session)) return false
      tellHeld(books, session)
      return sessions.delete(session)
    },

    reopen(owner, mode) {
      const session = openSessionLedger(owner, mode)
      session.knownBelow = Number.POSITIVE_INFINITY
      session.lastCoveredMs = Number.POSITIVE_INFINITY
      sessions.add(session)
      return session
    },

    answered: (session, answer) => takeAnswer(books, session, answer),
    posted: (session, post) => takePost(books, session, post),
    left: (session, answeredMs) => takeLeave(books, session, answeredMs),
    quiet: session => tellHeld(books, session),

    postedToNobody() {
      counts.posts += 1
      counts.foreign += 1
    },

    refused() {
      counts.posts += 1
      counts.refused += 1
    },

    advised() {
      counts.posts += 1
      countedAs(counts, 'ShutdownAdvice', 'expected')
      countedAs(counts, 'ShutdownAdvice', 'delivered')
    },

    missing() {
      const found = { uncovered: 0, covered: 0 }
      for (const session of sessions)
        for (const event of session.missing)
          if (event.givenUpAs === undefined) found[event.isCovered ? 'covered' : 'uncovered'] += 1
      return found
    },

    giveUp(as) {
      for (const session of sessions) for (const event of session.missing) event.givenUpAs ??= as
    },

    unreadable() {
      counts.posts += 1
      counts.foreign += 1
    },

    close: (stillMissing, hasAllAnswers = true) => ({
      neverPushed: closeSessions(books, [...sessions], stillMissing, hasAllAnswers),
    }),
  }
}
