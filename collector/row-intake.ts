import type { SeenEvent } from '../judging/session-ledger.ts'
import { fileOutcome, isSameFile, isToBeRefused } from '../protocol/chat/file-outcome.ts'
import { checkAnswer } from '../protocol/checks/shape.ts'
import type { LatencyMetric, Series } from '../protocol/instants.ts'
import type { ShardOperation, ShardRow } from '../protocol/stream/shard-stream.ts'
import { violation } from '../protocol/violation.ts'
import { shardParty } from './clocks.ts'
import { failureOutcome, timedOut } from './failure-outcome.ts'
import { takeNotification } from './notification-intake.ts'
import { outcomeOf } from './outcome.ts'
import { countKind, phaseOf, type RunContext, recordAtLeast, recordLatency } from './run-context.ts'
import { endEvidence, type Session, seenEvents } from './session.ts'

const latencyOf: Partial<Record<ShardOperation, LatencyMetric>> = {
  requestChat: 'request_chat_latency',
  send: 'send_latency',
  refresh: 'refresh_latency',
  finalRefresh: 'refresh_latency',
  ping: 'ping_latency',
  disconnect: 'disconnect_latency',
  fileUpload: 'upload_latency',
  fileDownload: 'download_latency',
  resume: 'resume_latency',
}

const refreshes = new Set<ShardOperation>(['refresh', 'ping', 'finalRefresh', 'resume'])
const ratedAs = {
  send: 'messages',
  refresh: 'refreshes',
  finalRefresh: 'refreshes',
  ping: 'pings',
  requestChat: 'sessions',
} as const
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
  const { counting } = context
  const phase = phaseOf(context, row.planned)
  const counter = countedAs[row.operation as keyof typeof countedAs]
  if (counter) counting.offer(counter, phase)
  if (row.operation === 'requestChat') counting.offer('sessions_started', phase)
  if (row.unsent === 2) {
    counting.achieve('actions_blocked', phase)
    if (row.sent > 0) measureGivenUp(context, row)
    failed(context, context.sessions.of(shard, row.session, context.nowMs()), row, neverReady, '')
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

/** It was never sent, so it is at least as late as it was when it was given up. Raw figures know nothing of it. */
function measureGivenUp(context: RunContext, { operation, planned, sent }: ShardRow): void {
  const series = latencyOf[operation]
  if (series) recordAtLeast(context, series, planned, sent - planned)
}

/** A target that falls silent must not look faster for it. What failed at once is a failure and no latency. */
function measureUnanswered(context: RunContext, { operation, errorCode, planned, sent, answered }: ShardRow): void {
  const series = latencyOf[operation]
  if (!series || errorCode !== timedOut) return
  recordAtLeast(context, series, planned, answered - planned)
  recordAtLeast(context, `${series}_raw` as Series, planned, answered - sent)
}

function measureRow(context: RunContext, shard: number, row: ShardRow): void {
  const { operation, planned, ready, sent, answered, triggered, status } = row
  const rated = ratedAs[operation as keyof typeof ratedAs]
  if (rated) context.columns?.count(rated)
  // The plan of a refresh that a push caused is the receiver's stamp, as the shard itself reckons it.
  const planBoundMs = triggered > 0 ? context.clocks.reckoningBoundMs(shard) : 0
  recordLatency(context, 'schedule_lateness', planned, Math.max(0, sent - Math.max(planned, ready)), planBoundMs)
  if (triggered > 0) {
    const { offsetMs, boundMs } = context.clocks.between('receiver', shardParty(shard), triggered)
    const triggeredMs = triggered + offsetMs
    // A refresh that had to wait for the answer before it waited for the target, not for us.
    recordLatency(
      context,
      'wakeup_delay',
      planned,
      Math.min(sent - triggeredMs, sent - Math.max(planned, ready)),
      Math.max(boundMs, planBoundMs),
    )
    if (status > 0) recordLatency(context, 'confirm_time', planned, answered - triggeredMs, boundMs)
  }
  if (status === 0) {
    measureUnanswered(context, row)
    return
  }
  context.lastAnswerMs = context.nowMs()
  const series = latencyOf[operation]
  if (!series || isToBeRefused(row)) return
  recordLatency(context, series, planned, answered - planned, planBoundMs)
  recordLatency(context, `${series}_raw` as Series, planned, answered - sent)
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
  for (const broken of session.watch.answer({ operation, position, sentMs: sent, answeredMs: answered, answer })) {
    context.counting.add('rule_violations')
    context.violations.add({ ...broken, ...report })
  }
  if (answer?.statusCode === 0) {
    if (operation === 'requestChat') {
      context.counting.achieve('sessions_started', phaseOf(context, row.planned))
      if (!context.settings.isComet) context.counting.add('sessions_without_push')
      context.counting.add('sessions_without_ping')
      session.chatId = answer.chatId
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
    context.ledger.answered(session.ledger, {
      from: coveredFrom(row),
      events: isOwnCut(row) ? untimed(seen) : seen,
      answeredMs: answered,
      isTriggered: row.triggered > 0 || operation === 'resume' || operation === 'requestChat',
      ...(answer.nextPosition !== undefined && { nextPosition: answer.nextPosition }),
    })
    if (operation === 'resume') context.counting.add('connections_resumed')
    if (operation === 'disconnect') {
      session.hasLeft = true
      context.ledger.left(session.ledger, answered)
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

/** Its customer was away because we cut its connection, and heard late for no fault of the target. */
function isOwnCut({ operation, sequence }: ShardRow): boolean {
  return operation === 'resume' && sequence === 1
}

function untimed(events: readonly SeenEvent[]): SeenEvent[] {
  return events.map(({ index, type, isOwn }) => ({ index, type, isOwn }))
}

/** Of a file that came the shard tells only whether it is the one that was uploaded. */
function checkFile(context: RunContext, session: Session, row: ShardRow, body: string): void {
  context.coverage.answers += 1
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

/** Requests that were refused because the session is over met an end that was allowed. */
export function sessionEnded(context: RunContext, session: Session): void {
  session.isEnded = true
  if (session.hasLeft || session.refused.length === 0) return
  context.counting.add('ended_in_flight', session.refused.length)
  session.refused = []
}

/** At the end of the run: nothing has said that the session was over, and yet it refused these. */
export function failRefused(context: RunContext, session: Session): void {
  for (const { row, body } of session.refused) failed(context, session, row, refusedAsOver, body)
  session.refused = []
}

interface Failure {
  why: string
  /** The same for all of one kind. */
  outcome: string
}

const pastLimit: Failure = { why: 'was accepted beyond its limit', outcome: 'accepted beyond a limit' }
const neverReady: Failure = { why: 'was never ready', outcome: 'never ready' }
const refusedAsOver: Failure = {
  why: 'was refused as over by a live session',
  outcome: 'refused as over by a live session',
}

function failed(context: RunContext, session: Session, row: ShardRow, { why, outcome }: Failure, body: string): void {
  const atMs = row.answered || row.planned
  context.columns?.count('failures')
  context.failures.add({ operation: row.operation, outcome, atMs, answer: body })
  context.counting.achieve('requests_failed', phaseOf(context, row.planned))
  const wrong = violation(
    'requests_failed',
    `${row.operation} ${why}`,
    row.status,
    'an answer that the rules allow there',
  )
  context.violations.note({ ...wrong, atMs, session: session.name, message: body })
}

function failureText({ status, errorCode }: ShardRow, kind: string): string {
  return status === 0 ? `got no answer (k6 error ${errorCode})` : `was answered HTTP ${status} (${kind})`
}
