import { indexOf } from './announced-event.ts'
import { type Books, deliver, tellHeld, wrong } from './ledger-books.ts'
import { countedAs, type LedgerCounts } from './ledger-counts.ts'
import { isUncovered, type SessionLedger } from './session-ledger.ts'

/** Decides about all that is still missing. @returns the kinds of events that this target never pushes. */
export function closeSessions<Owner>(
  books: Books<Owner>,
  sessions: readonly SessionLedger<Owner>[],
  stillMissing: 'lost' | 'open',
  hasAllAnswers: boolean,
): string[] {
  const { counts, rules, sink } = books
  for (const session of sessions) closeEarly(books, session, hasAllAnswers)
  const neverPushed = rules.isLenient ? kindsNeverPushed(counts, sessions) : new Set<string>()
  for (const session of sessions) {
    tellHeld(books, session)
    for (const event of session.missing) {
      if (neverPushed.has(event.type)) {
        counts.expected -= 1
        counts.byType[event.type]!.expected -= 1
        continue
      }
      const as = event.isCovered ? 'covered' : (event.givenUpAs ?? stillMissing)
      countedAs(counts, event.type, as)
      sink.missed?.(session.owner, event, as)
    }
    session.missing = []
  }
  return [...neverPushed]
}

function closeEarly<Owner>(books: Books<Owner>, session: SessionLedger<Owner>, hasAllAnswers: boolean): void {
  const hasAnswers = session.lastCoveredMs > 0 || !hasAllAnswers
  // A session that was forgotten had balanced: it lacked none.
  const mayLackAnswer = !hasAllAnswers && Number.isFinite(session.lastCoveredMs)
  for (const post of session.early) {
    const index = indexOf(post)
    const isBeyondAnswers =
      post.mode === 'device-id' ? post.receivedMs > session.lastCoveredMs || mayLackAnswer : isUncovered(session, index)
    // Behind a queue that is longer than W a push of the end comes late, and is no other's for that.
    const waitMs = books.rules.observeMs + books.slowestMs
    const isBeyondEnd = post.receivedMs > (session.leftMs ?? Number.POSITIVE_INFINITY) + waitMs
    if (isBeyondAnswers && hasAnswers && !isBeyondEnd) {
      const event = post.event ?? { index, type: 'unknown', isOwn: false }
      countedAs(books.counts, event.type, 'expected')
      deliver(books, session, { ...event, isCovered: false, givenUpAs: undefined }, post.receivedMs)
    } else {
      wrong(books, session, post.mode === 'device-id' && hasAnswers && !isBeyondEnd ? 'duplicate' : 'foreign', post)
      // Which of the POSTs was too many nobody knows.
      session.held = []
    }
  }
  session.early = []
}

function kindsNeverPushed(counts: LedgerCounts, sessions: readonly SessionLedger<unknown>[]): Set<string> {
  const kinds = new Set(sessions.flatMap(session => session.missing.map(event => event.type)))
  kinds.delete('Message')
  return new Set([...kinds].filter(type => counts.byType[type]!.delivered === 0))
}
