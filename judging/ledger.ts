import { countedAs, emptyCounts, type LedgerCounts } from './ledger-counts.ts'
import {
  type ExpectedEvent,
  isUncovered,
  isUnknown,
  learn,
  openSessionLedger,
  ownLeaveIndex,
  type PushedMode,
  type SeenAnswer,
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
}

/** What the ledger finds out, told when it is sure. */
export interface LedgerSink<Owner> {
  delivered?(owner: Owner, event: ExpectedEvent, receivedMs: number): void
  wrong?(owner: Owner, kind: 'duplicate' | 'foreign' | 'out-of-order', post: SeenPost): void
  missed?(owner: Owner, event: ExpectedEvent, as: 'lost' | 'open' | 'covered'): void
}

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
  left(session: SessionLedger<Owner>): void
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
  const sessions = new Set<SessionLedger<Owner>>()

  // A leave of the customer that an answer or a push shows may be another's doing (CV2-061), so it is no own activity.
  const isPushed = (event: SeenEvent, mode: PushedMode) =>
    (!event.isOwn || event.type === 'ParticipantLeft' || rules.notifiesRequestor) && rules.isPushed(event.type, mode)

  function deliver(session: SessionLedger<Owner>, event: ExpectedEvent, receivedMs: number): void {
    countedAs(counts, event.type, 'delivered')
    if (session.mode !== 'device-id') sink.delivered?.(session.owner, event, receivedMs)
    else if (session.held.length < heldAtMost) session.held.push([event, receivedMs])
  }

  function wrong(session: SessionLedger<Owner>, kind: 'duplicate' | 'foreign', post: SeenPost): void {
    counts[kind] += 1
    sink.wrong?.(session.owner, kind, post)
  }

  function tellHeld(session: SessionLedger<Owner>): void {
    if (session.held.length === 0 || session.missing.length > 0 || session.early.length > 0) return
    for (const [event, receivedMs] of session.held) sink.delivered?.(session.owner, event, receivedMs)
    session.held = []
  }

  function takeMissing(session: SessionLedger<Owner>, at: number): ExpectedEvent {
    return session.missing.splice(at, 1)[0]!
  }

  function expectEvent(session: SessionLedger<Owner>, event: SeenEvent, isTriggered: boolean): void {
    const expected = { ...event, isCovered: isTriggered && session.mode === 'reliable', givenUpAs: undefined }
    countedAs(counts, event.type, 'expected')
    const at = session.early.findIndex(post => session.mode === 'device-id' || indexOf(post) === event.index)
    if (at >= 0) deliver(session, expected, session.early.splice(at, 1)[0]!.receivedMs)
    else session.missing.push(expected)
  }

  /** Order among first POSTs only: a repetition or a double has its own name. */
  function noteOrder(session: SessionLedger<Owner>, post: SeenPost): void {
    const index = indexOf(post)
    if (index < session.lastPushed) {
      counts.outOfOrder += 1
      sink.wrong?.(session.owner, 'out-of-order', post)
    }
    session.lastPushed = index
  }

  function postedDeviceId(session: SessionLedger<Owner>, post: SeenPost): void {
    if (session.missing.length > 0) deliver(session, takeMissing(session, 0), post.receivedMs)
    else session.early.push(post)
    tellHeld(session)
  }

  function postedEvent(session: SessionLedger<Owner>, post: SeenPost): void {
    const index = indexOf(post)
    const at = session.missing.findIndex(
      event => event.index === index || (event.index === ownLeaveIndex && isOwnLeave(post)),
    )
    if (at >= 0) {
      noteOrder(session, post)
      deliver(session, takeMissing(session, at), post.receivedMs)
      return
    }
    if (post.event && !isPushed(post.event, post.mode)) {
      wrong(session, 'foreign', post)
      return
    }
    const isFirst = !session.early.some(other => indexOf(other) === index)
    if (isFirst && isUnknown(session, index)) {
      noteOrder(session, post)
      session.early.push(post)
      return
    }
    const older = rules.isLenient && post.mode === 'reliable' ? session.missing.findIndex(e => e.index < index) : -1
    if (older >= 0) deliver(session, takeMissing(session, older), post.receivedMs)
    else wrong(session, 'duplicate', post)
  }

  /** A notice whose index turned out to be no pushed event stands for the oldest one without notice. */
  function rejoinNotices(session: SessionLedger<Owner>): void {
    if (session.mode !== 'reliable') return
    session.early = session.early.filter(post => {
      if (isUncovered(session, indexOf(post))) return true
      const older = session.missing.findIndex(event => event.index < indexOf(post))
      if (older >= 0) deliver(session, takeMissing(session, older), post.receivedMs)
      return older < 0
    })
  }

  function closeEarly(session: SessionLedger<Owner>, hasAllAnswers: boolean): void {
    const hasAnswers = session.lastCoveredMs > 0 || !hasAllAnswers
    for (const post of session.early) {
      const index = indexOf(post)
      const isBeyondAnswers =
        post.mode === 'device-id' ? post.receivedMs > session.lastCoveredMs : isUncovered(session, index)
      if (isBeyondAnswers && hasAnswers) {
        const event = post.event ?? { index, type: 'unknown', isOwn: false }
        countedAs(counts, event.type, 'expected')
        deliver(session, { ...event, isCovered: false, givenUpAs: undefined }, post.receivedMs)
      } else if (post.mode === 'device-id' && hasAnswers) wrong(session, 'duplicate', post)
      else wrong(session, 'foreign', post)
    }
    session.early = []
  }

  return {
    counts,

    open(owner, mode) {
      const session = openSessionLedger(owner, mode)
      sessions.add(session)
      return session
    },

    forget(session) {
      if (session.missing.length > 0 || session.early.length > 0) return false
      return sessions.delete(session)
    },

    reopen(owner, mode) {
      const session = openSessionLedger(owner, mode)
      session.knownBelow = Number.POSITIVE_INFINITY
      session.lastCoveredMs = Number.POSITIVE_INFINITY
      sessions.add(session)
      return session
    },

    answered(session, answer) {
      const { mode } = session
      const fresh = learn(session, answer)
      if (mode === undefined) return
      for (const event of fresh) if (isPushed(event, mode)) expectEvent(session, event, answer.isTriggered)
      if (answer.from > 0 && session.early.length > 0) rejoinNotices(session)
      if (mode === 'device-id') tellHeld(session)
    },

    posted(session, post) {
      counts.posts += 1
      if (post.mode !== session.mode) return wrong(session, 'foreign', post)
      if (post.mode === 'device-id') return postedDeviceId(session, post)
      if (post.mode === 'reliable' && (post.attempt ?? 0) > 0) {
        counts.repeated += 1
        return
      }
      postedEvent(session, post)
    },

    left(session) {
      if (session.mode === undefined || !rules.notifiesRequestor) return
      if (!rules.isPushed('ParticipantLeft', session.mode)) return
      const leave = {
        index: ownLeaveIndex,
        type: 'ParticipantLeft',
        isOwn: true,
        isCovered: false,
        givenUpAs: undefined,
      }
      countedAs(counts, leave.type, 'expected')
      const at = session.early.findIndex(post => session.mode === 'device-id' || isOwnLeave(post))
      if (at >= 0) deliver(session, leave, session.early.splice(at, 1)[0]!.receivedMs)
      else session.missing.push(leave)
      tellHeld(session)
    },

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

    close(stillMissing, hasAllAnswers = true) {
      for (const session of sessions) closeEarly(session, hasAllAnswers)
      const neverPushed = rules.isLenient ? kindsNeverPushed(counts, [...sessions]) : new Set<string>()
      for (const session of sessions) {
        tellHeld(session)
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
      return { neverPushed: [...neverPushed] }
    },
  }
}

/** Enough for the events between two answers; a session that never balances gives no latency anyway. */
const heldAtMost = 10_000

/** Index of the event that a POST announces; a notice carries it as the highest notified one (OQ-30). */
function indexOf(post: SeenPost): number {
  return post.event?.index ?? (post.nextPosition ?? 0) - 1
}

function isOwnLeave(post: SeenPost): boolean {
  return post.mode === 'payload'
    ? post.event?.isOwn === true && post.event.type === 'ParticipantLeft'
    : post.notifyPosition === -1
}

function kindsNeverPushed(counts: LedgerCounts, sessions: readonly SessionLedger<unknown>[]): Set<string> {
  const kinds = new Set(sessions.flatMap(session => session.missing.map(event => event.type)))
  kinds.delete('Message')
  return new Set([...kinds].filter(type => counts.byType[type]!.delivered === 0))
}
