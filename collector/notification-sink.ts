import type { LedgerSink } from '../judging/ledger-books.ts'
import type { SeenPost } from '../judging/session-ledger.ts'
import { type Violation, violation } from '../protocol/violation.ts'
import { missedEvent } from './push-intake.ts'
import { type RunContext, recordLatency } from './run-context.ts'
import type { Session } from './session.ts'

/** What the ledger finds out about notifications. A push that came all the same is told as a push. */
export function notificationSink(contextOf: () => RunContext, pushes: LedgerSink<Session>): LedgerSink<Session> {
  return {
    delivered(_, event, receivedMs) {
      const { plannedMs, latenessUs = 0 } = event
      if (plannedMs === undefined) return
      const ms = receivedMs - plannedMs
      recordLatency(contextOf(), 'notification_latency', plannedMs, ms)
      recordLatency(contextOf(), 'notification_latency_raw', plannedMs, ms - latenessUs / 1000)
    },
    wrong(session, kind, post) {
      if (post.mode !== 'comet') return pushes.wrong?.(session, kind, post)
      const context = contextOf()
      if (kind === 'duplicate') context.columns?.count('duplicates')
      if (kind === 'out-of-order') context.columns?.count('out_of_order')
      context.counting.add('rule_violations')
      const broken = wrongNotification(session, kind, post)
      context.violations.add({ ...broken, atMs: post.receivedMs, session: session.name, message: '' })
    },
    missed(session, event, as) {
      if (as !== 'covered') missedEvent(contextOf(), session, event, as, 'notification')
    },
  }
}

function wrongNotification(
  { ledger, heard }: Session,
  kind: 'duplicate' | 'foreign' | 'out-of-order',
  { event }: SeenPost,
): Violation {
  const { resumed } = heard ?? ledger
  const index = event?.index ?? 0
  const found = `${event?.type} with index ${index}`
  if (kind === 'out-of-order')
    return violation(
      'CV2-119',
      'Notifications of one session are not in index order',
      found,
      'a higher index than before',
    )
  if (kind === 'duplicate') {
    const isAgain = resumed !== undefined && resumed.from <= index && index < resumed.to
    return isAgain
      ? violation('CV2-131', 'A notification repeats what the answer to a resume has shown', found, 'no duplicates')
      : violation('CV2-119', 'An event was notified twice', found, 'each event once, in index order')
  }
  return event?.isOwn
    ? violation('CV2-120', "The customer's own event was notified", found, 'it is in the answer only')
    : violation('CV2-127', 'A notification has an event that is not in the chat', found, 'events of the attached chat')
}
