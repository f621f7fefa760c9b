import type { Log } from '../log.ts'
import type { ChatOutcome, ChatRequest } from '../messages.ts'
import type { Unanswered } from './chat-answer.ts'

/** Gives a refused request its reference id, under which the log has the reason (CV2-030, CV2-175). */
export type RefusalLog = (
  request: Pick<ChatRequest, 'operation' | 'chatId'>,
  outcome: ChatOutcome | Unanswered | { kind: 'unreadable' },
) => number

/** One for all routes of a node, so that no two answers have one id. */
export function createRefusalLog(log: Log): RefusalLog {
  let lastReferenceId = 0
  return ({ operation, chatId }, outcome) => {
    lastReferenceId += 1
    log.warn(`Media server was not able to execute request. referenceId[${lastReferenceId}]`, {
      operation,
      chatId,
      reason: outcome.kind === 'refused' ? outcome.reason : outcome.kind,
    })
    return lastReferenceId
  }
}
