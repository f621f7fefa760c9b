import type { SeenEvent } from '../judging/session-ledger.ts'
import { fileOutcome, isSameFile, isToBeRefused } from '../protocol/chat/file-outcome.ts'
import { checkAnswer } from '../protocol/checks/shape.ts'
import { isOwnCut, lookOf } from '../protocol/stream/row-sequence.ts'
import type { ShardOperation, ShardRow } from '../protocol/stream/shard-stream.ts'
import { violation } from '../protocol/violation.ts'
import { takeArrival } from './arrival-intake.ts'
import { failed, failureText, neverBack, neverReady, pastLimit, sessionEnded } from './failed-requests.ts'
import { failureOutcome } from './failure-outcome.ts'
import { takeLoss } from './loss-intake.ts'
import { takeNotification } from './notification-intake.ts'
import { outcomeOf } from './outcome.ts'
import { measureGivenUp, measureRow } from './row-latencies.ts'
import { countKind, phaseOf, type RunContext, recordAtLeast, seeTypes } from './run-context.ts'
import { endEvidence, type Session, seenEvents, untimed } from './session.ts'

const refreshes = new Set<ShardOperation>(['refresh', 'ping', 'finalRefresh', 'resume'])
const countedAs = { send: 'messages_sent', ping: 'pings_sent' } as const

/** Actions that were planned and ready, and those of them that were sent: a validity limit. */
export interface Sending {
  ready: number
  sent: number
}

/** `body` undefined: the answer was lost between the shard and us, so it says nothing about the target. */
export function takeRow(
  context: RunContext,
  sending: Sending,
  shard: number,
  row: ShardRow,
  body: string | undefined,
): void {
  if (row.operation === 'notification') {
    takeNotification(context, shard, row, body)
    return
  }
  if (row.operation === 'arrival') {
    takeArrival(context, shard, row, body)
    return
  }
  if (row.operation === 'loss') {
    takeLoss(context, row, body)
    return
  }
  const { counting } = context
  const phase = phaseOf(context, row.planned)
  const counter = countedAs[row.operation as keyof typeof countedAs]
  if (counter) counting.offer(counter, phase)
  if (row.operation === 'requestChat') counting.offer('sessions_started', phase)
  if (row.unsent === 2) {
    counting.achieve('actions_blocked', phase)
    if (row.sent > 0) measureGivenUp(context, row)
    const failure = row.operation === 'resume' ? neverBack : neverReady
    failed(context, context.sessions.of(shard, row.session, context.nowMs()), row, failure, '')
    return
  }
  sending.ready += 1
  if (row.unsent === 1) {
    counting.achieve('dropped_iterations', phase)
    recordAtLeast(context, 'schedule_lateness', row.planned, row.sent - Math.max(row.planned, row.ready))
    measureGivenUp(context, row)
    return
  }
  sending.sent += 1
  if (counter) counting.achieve(counter, phase)
  measureRow(context, shard, row)
  if (body === undefined) return
  const isFile = row.operation === 'fileDownload' && row.status === 200
  const check = isFile ? checkFile : checkRow
  check(context, context.sessions.of(shard, row.session, context.nowMs()), row, body)
}

function checkRow(context: RunContext, session: Session, row: ShardRow, body: string): void {
  const { operation, status, position, sent, answered } = row
  const checked = checkAnswer({ operation, status, body })
  countKind(context, checked.kind)
  const report = { atMs: answered, session: session.name, message: body }
  for (const broken of checked.violations) {
    context.counting.add('schema_violations')
    context.violations.add({ ...broken, ...report })
  }
  const answer = checked.violations.length === 0 ? checked.answer : undefined
  if (checked.kind !== 'none') context.coverage.answers += 1
  const leaks = context.settings.isComet ? context.leaks.check(body, session.name) : []
  const watched = session.watch.answer({ operation, position, sentMs: sent, answeredMs: answered, answer })
  for (const broken of [...watched, ...leaks]) {
    context.counting.add('rule_violations')
    context.violations.add({ ...broken, ...report })
  }
  if (answer?.statusCode === 0) {
    if (operation === 'requestChat') {
      context.counting.achieve('sessions_started', phaseOf(context, row.planned))
      if (!context.settings.isComet || context.heard) context.counting.add('sessions_without_push')
      context.counting.add('sessions_without_ping')
      if (!context.settings.isComet) session.chatId = answer.chatId
    }
    if (row.triggered > 0 && !session.isConfirmed) {
      session.isConfirmed = true
      context.counting.add('sessions_without_push', -1)
    }
    if (operation === 'ping' && !session.isPinged) {
      session.isPinged = true
      context.counting.add('sessions_without_ping', -1)
    }
    const seen = seenEvents(context.settings.run, answer.messages)
    seeTypes(context, seen)
    tellBooks(context, session, row, seen, answer.nextPosition)
    if (operation === 'resume') {
      context.columns?.count('connections_resumed')
      context.counting.add('connections_resumed')
    }
    if (operation === 'disconnect') {
      session.hasLeft = true
      context.ledger.left(session.ledger, answered)
      if (session.heard) context.heard?.left(session.heard, answered)
    }
    if (answer.chatEnded === true || endEvidence(answer.messages)) sessionEnded(context, session)
  }
  const outcome = fileOutcome(row, body) ?? outcomeOf(operation, checked)
  if (outcome === 'refused') context.counting.achieve('files_refused', phaseOf(context, row.planned))
  if (outcome === 'accepted' && operation === 'fileUpload')
    context.counting.achieve('files_uploaded', phaseOf(context, row.planned))
  if (outcome === 'failed')
    failed(context, session, row, { why: failureText(row, checked.kind), outcome: failureOutcome(row, checked) }, body)
  else if (outcome === 'over' && session.isEnded) context.counting.add('ended_in_flight')
  else if (outcome === 'over') session.refused.push({ row, body })
}

/** What an answer shows must be pushed, or be heard, or both. */
function tellBooks(
  { ledger, heard }: RunContext,
  session: Session,
  row: ShardRow,
  seen: readonly SeenEvent[],
  nextPosition: number | undefined,
): void {
  const { operation, triggered } = row
  const shown = {
    from: coveredFrom(row),
    answeredMs: row.answered,
    ...(nextPosition !== undefined && { nextPosition }),
  }
  const isHeard = operation === 'resume' || operation === 'requestChat'
  const listened = { ...shown, events: isOwnCut(row) ? seen.map(untimed) : seen, isTriggered: isHeard }
  if (!heard || !session.heard) {
    ledger.answered(session.ledger, { ...listened, isTriggered: triggered > 0 || isHeard })
    return
  }
  const look = lookOf(row)
  heard.answered(session.heard, { ...listened, ...(look && { knownTo: look.knownTo }) })
  const isPulled = triggered > 0 || operation === 'requestChat'
  const confirmed = triggered > 0 ? { confirmedBelow: row.position } : {}
  ledger.answered(session.ledger, { ...shown, ...confirmed, events: seen, isTriggered: isPulled })
}

/** Of a file that came the shard tells only whether it is the one that was uploaded. */
function checkFile(context: RunContext, session: Session, row: ShardRow, body: string): void {
  context.coverage.answers += 1
  context.coverage.seen.add('file-download')
  if (isSameFile(body)) {
    if (isToBeRefused(row)) failed(context, session, row, pastLimit, body)
    else context.counting.achieve('files_downloaded', phaseOf(context, row.planned))
    return
  }
  const wrong = violation('CV2-173', 'A download is not the file that was uploaded', body, 'the same bytes')
  context.counting.add('rule_violations')
  context.violations.add({ ...wrong, atMs: row.answered, session: session.name, message: body })
}

/** First index of the transcript part that was asked for, 0 = none (OQ-05). */
function coveredFrom({ operation, position }: ShardRow): number {
  if (operation === 'requestChat') return 1
  // The answer to a disconnect has no events, whatever was asked.
  if (operation === 'disconnect') return 0
  if (position < 0) return refreshes.has(operation) ? 1 : 0
  return position
}
