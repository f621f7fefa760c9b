import type { ChatOutcome, ChatRequest } from '../../messages.ts'
import { answer } from '../customer-request.ts'
import type { Environment } from '../environment.ts'
import type { RegisteredNode } from '../node-registry.ts'
import { confirm, retryUnsent } from '../resend.ts'
import { customerOf, nextPosition, type Session } from '../session.ts'
import { visibleFrom } from '../transcript.ts'
import { attachLine } from './attach-line.ts'
import { lineOf } from './comet-line.ts'

/**
 * A node has lost the chat of a CometD session that is there (CV2-187): it is attached as before, and its node gets what it
 * has not been sent. Nobody has said anything, so it is no activity of the customer's beyond what a ping is (CS-008).
 */
export function reattachLine(
  environment: Environment,
  session: Session,
  request: ChatRequest,
  node: RegisteredNode | undefined,
): ChatOutcome {
  const { attachment, position } = request.comet!
  // What it would have heard of the end (CV2-145).
  if (!customerOf(session).present)
    return answer(environment, session, visibleFrom(environment, session, position), true)
  const line = lineOf(session)
  // Another session has taken over meanwhile (CV2-133).
  if (line && (line.node !== node || line.attachment !== attachment))
    return { kind: 'refused', reason: 'over', alias: environment.alias, chatId: session.chatId }
  attachLine(environment, session, request, node)
  if (lineOf(session)?.pushesToo === false) {
    // PUSH-113.
    session.retrieved = nextPosition(session)
    confirm(environment, session)
  } else retryUnsent(environment, session)
  return answer(environment, session, visibleFrom(environment, session, position), false)
}
