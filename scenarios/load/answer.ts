import type { ShardRow } from '../../protocol/stream/shard-stream.ts'
import { hasTokens, peek } from './peek.ts'
import { type Session, setTokens } from './session.ts'

/** An answer of the target as a shard sees it. */
export interface RestAnswer {
  /** 0 = none. */
  status: number
  errorCode: number
  body: string
  sentMs: number
  answeredMs: number
}

export const noAnswer: RestAnswer = { status: 0, errorCode: 0, body: '', sentMs: 0, answeredMs: 0 }

/** The answer to request chat: the session is live, or it failed. */
export function begun(session: Session, answer: RestAnswer, serviceUrl: string): void {
  const { chatId, nextPosition } = asObject(answer.body)
  if (answer.status !== 200 || !takeTokens(session, answer.body) || typeof chatId !== 'string') {
    session.state = 'failed'
    return
  }
  session.url = `${serviceUrl}/${encodeURIComponent(chatId)}/`
  session.nextPosition = Number.isSafeInteger(nextPosition) ? (nextPosition as number) : 1
  session.state = 'live'
}

/**
 * CV2-034: 0/true, 2/true and 2/false on calls of the session end it; HTTP errors and statusCode 1 do not.
 * @param hasEvents The answer has every event from the asked position on, so the next refresh asks behind them.
 */
export function steered(session: Session, answer: RestAnswer, hasEvents: boolean): void {
  if (answer.status !== 200) return
  const { statusCode, chatEnded, nextPosition } = peek(answer.body)
  if (statusCode === 2 || (statusCode === 0 && chatEnded)) {
    session.state = 'over'
    session.triggeredMs = 0
  } else if (statusCode === 0) {
    if (hasEvents && nextPosition > session.nextPosition) session.nextPosition = nextPosition
    if (!hasTokens(answer.body, session.secureKey, session.alias)) takeTokens(session, answer.body)
  }
}

/** Tokens may change with any answer (CV2-032). @returns whether there are all that the next call needs. */
function takeTokens(session: Session, body: string): boolean {
  const { statusCode, userId, secureKey, alias } = asObject(body)
  if (statusCode !== 0) return false
  const latest = (value: unknown, before: string) => (typeof value === 'string' ? value : before)
  setTokens(session, latest(userId, session.userId), latest(secureKey, session.secureKey), latest(alias, session.alias))
  return session.userId !== '' && session.secureKey !== ''
}

function asObject(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}

export function rowOf(
  session: Session,
  operation: ShardRow['operation'],
  answer: RestAnswer,
  planned: number,
  ready: number,
): ShardRow {
  return {
    session: session.plan.session,
    operation,
    status: answer.status,
    errorCode: answer.errorCode,
    planned,
    ready,
    sent: answer.sentMs,
    answered: answer.answeredMs,
    position: -1,
    sequence: -1,
    triggered: 0,
    unsent: 0,
  }
}
