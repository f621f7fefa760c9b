import type { ShardRow } from '../../protocol/stream/shard-stream.ts'
import { frameOf, positionIn } from './answer-frame.ts'
import { hasTokens, peek } from './peek.ts'
import { type Session, setTokens } from './session.ts'

/** The answer to request chat: the session is live, or it failed. */
export function begun(session: Session, status: number, body: string, serviceUrl: string): void {
  const { chatId, nextPosition } = asObject(body)
  if (status !== 200 || !takeTokens(session, body) || typeof chatId !== 'string') {
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
export function steered(session: Session, status: number, body: string, hasEvents: boolean): void {
  if (status !== 200) return
  const framed = session.frame ? positionIn(body, session.frame) : -1
  if (framed >= 0) {
    if (hasEvents && framed > session.nextPosition) session.nextPosition = framed
    return
  }
  const { statusCode, chatEnded, nextPosition } = peek(body)
  if (statusCode === 2 || (statusCode === 0 && chatEnded)) {
    session.state = 'over'
    session.triggeredMs = 0
  } else if (statusCode === 0) {
    if (hasEvents && nextPosition > session.nextPosition) session.nextPosition = nextPosition
    if (!hasTokens(body, session.secureKey, session.alias)) takeTokens(session, body)
  }
}

/** Tokens may change with any answer (CV2-032). @returns whether there are all that the next call needs. */
export function takeTokens(session: Session, body: string): boolean {
  const { statusCode, userId, secureKey, alias } = asObject(body)
  if (statusCode !== 0) return false
  const latest = (value: unknown, before: string) => (typeof value === 'string' ? value : before)
  setTokens(session, latest(userId, session.userId), latest(secureKey, session.secureKey), latest(alias, session.alias))
  session.frame = frameOf(body, session)
  return session.userId !== '' && session.secureKey !== ''
}

function asObject(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}

/** A row of an action that has no answer yet. */
export function rowOf(session: number, operation: ShardRow['operation'], planned: number, ready: number): ShardRow {
  return {
    session,
    operation,
    status: 0,
    errorCode: 0,
    planned,
    ready,
    sent: 0,
    answered: 0,
    position: -1,
    sequence: -1,
    triggered: 0,
    unsent: 0,
  }
}
