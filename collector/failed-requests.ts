import type { ShardRow } from '../protocol/stream/shard-stream.ts'
import { violation } from '../protocol/violation.ts'
import { connectionLost } from './failure-outcome.ts'
import { phaseOf, type RunContext } from './run-context.ts'
import type { Session } from './session.ts'

export interface Failure {
  why: string
  /** The same for all of one kind. */
  outcome: string
}

export const pastLimit: Failure = { why: 'was accepted beyond its limit', outcome: 'accepted beyond a limit' }
export const neverReady: Failure = { why: 'was never ready', outcome: 'never ready' }
export const neverBack: Failure = {
  why: 'never came: the connection was lost for good',
  outcome: 'connection lost for good',
}
const refusedAsOver: Failure = {
  why: 'was refused as over by a live session',
  outcome: 'refused as over by a live session',
}

export function failed(
  context: RunContext,
  session: Session,
  row: ShardRow,
  { why, outcome }: Failure,
  body: string,
): void {
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

export function failureText({ status, errorCode }: ShardRow, kind: string): string {
  if (status !== 0) return `was answered HTTP ${status} (${kind})`
  return `got no answer (${errorCode === 0 ? connectionLost : `k6 error ${errorCode}`})`
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
