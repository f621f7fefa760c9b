import type { SeenEvent } from '../judging/session-ledger.ts'
import type { ChatAnswer } from '../protocol/chat/answer.ts'
import { checkReceived } from '../protocol/checks/bayeux/shape.ts'
import { checkAnswer } from '../protocol/checks/shape.ts'
import { hearsayOf } from '../protocol/stream/row-sequence.ts'
import type { ShardRow } from '../protocol/stream/shard-stream.ts'
import { violation } from '../protocol/violation.ts'
import { sessionEnded } from './failed-requests.ts'
import { parsedObject } from './json.ts'
import { countKind, phaseOf, type RunContext, recordLatency, seeTypes } from './run-context.ts'
import { endEvidence, type Session, seenEvents, untimed } from './session.ts'

/** A message that a CometD customer heard unasked: the whole Bayeux message. `body` undefined: it was lost on its way to us. */
export function takeNotification(context: RunContext, shard: number, row: ShardRow, body: string | undefined): void {
  const { isInOrder, wasCut } = hearsayOf(row)
  context.lastPostMs = context.nowMs()
  context.columns?.count('notifications')
  context.counting.achieve('notifications_received', phaseOf(context, row.answered))
  // In the crowd that we make ourselves, when many connections are cut at once, nothing is timed.
  if (!wasCut) recordLatency(context, 'hearing_delay', row.answered, Math.max(0, row.ready - row.answered))
  if (body === undefined) return
  context.coverage.pushes += 1
  countKind(context, 'notification')
  const session = context.sessions.of(shard, row.session, context.nowMs())
  const isSound = isShaped(context, session, row, body)
  const data = parsedObject(body)?.data as ChatAnswer | undefined
  const [event] = seenEvents(context.settings.run, Array.isArray(data?.messages) ? data.messages : [])
  const broken = isSound && data ? session.watch.notification({ notification: data, receivedMs: row.answered }) : []
  for (const each of [...broken, ...context.leaks.check(body, session.name)])
    report(context, session, row, 'rule_violations', each, body)
  const book = context.heard ?? context.ledger
  if (!data || !event) {
    book.unreadable()
    return
  }
  seeTypes(context, [event])
  if (data.chatEnded === true || endEvidence(data.messages)) sessionEnded(context, session)
  if (context.heard && isSound && broken.length === 0) mustBePushed(context, session, event)
  book.posted(session.heard ?? session.ledger, {
    receivedMs: row.answered,
    mode: 'comet',
    event: wasCut ? untimed(event) : event,
    askedMs: row.sent,
    isUnordered: !isInOrder,
  })
}

/** What was heard exists, and a lost push of it is missed before any answer shows it. */
function mustBePushed({ ledger }: RunContext, session: Session, event: SeenEvent): void {
  const { index } = event
  ledger.answered(session.ledger, {
    ...{ from: index, nextPosition: index + 1, events: [event], answeredMs: 0, isTriggered: false },
  })
}

/** Both the Bayeux message (BX-170) and what it carries. */
function isShaped(context: RunContext, session: Session, row: ShardRow, body: string): boolean {
  const message = parsedObject(body)
  if (!message) {
    const wrong = violation('BX-170', 'What came on the chat channel is no Bayeux message', body, 'an object')
    report(context, session, row, 'schema_violations', wrong, body)
    return false
  }
  const { violations } = checkAnswer({
    operation: 'notification',
    status: 200,
    body: JSON.stringify(message.data) ?? '',
  })
  const found = [...checkReceived(message), ...violations]
  for (const each of found) report(context, session, row, 'schema_violations', each, body)
  return found.length === 0
}

function report(
  context: RunContext,
  session: Session,
  row: ShardRow,
  counter: 'schema_violations' | 'rule_violations',
  broken: ReturnType<typeof violation>,
  body: string,
): void {
  context.counting.add(counter)
  context.violations.add({ ...broken, atMs: row.answered, session: session.name, message: body })
}
