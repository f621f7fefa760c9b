import type { ChatOutcome, ChatRequest } from '../../messages.ts'
import { serveCustomer } from '../customer-request.ts'
import type { Environment } from '../environment.ts'
import type { RegisteredNode } from '../node-registry.ts'
import { replaceSubscription } from '../push-subscription.ts'
import { lastIndex, type Session } from '../session.ts'
import { visibleFrom } from '../transcript.ts'
import { attachLine } from './attach-line.ts'
import { lineOf } from './comet-line.ts'
import { notifyMissed } from './notify-line.ts'
import { reattachLine } from './reattach-line.ts'

/** A request that came over CometD: the same as over REST, but for what the answer shows and who is told later. */
export function serveComet(
  environment: Environment,
  session: Session,
  request: ChatRequest,
  node: RegisteredNode | undefined,
): ChatOutcome {
  const outcome = serve(environment, session, request, node)
  // What brought the session back has not attached itself.
  if (session.comet?.isBehind) session.comet = undefined
  return outcome
}

function serve(
  environment: Environment,
  session: Session,
  request: ChatRequest,
  node: RegisteredNode | undefined,
): ChatOutcome {
  // CV2-128: the chat is another service's, and stays untouched.
  if (request.service !== session.service)
    return { kind: 'refused', reason: 'unknown-user', alias: environment.alias, chatId: session.chatId }
  if (request.operation === 'reattach') return reattachLine(environment, session, request, node)
  const asked = lastIndex(session)
  const outcome = answering(session, request, node, () => serveCustomer(environment, session, request))
  if (outcome.kind !== 'ok' || outcome.chatEnded) return outcome
  if (request.operation === 'refresh') {
    replaceSubscription(environment, session, request)
    attachLine(environment, session, request, node)
    return outcome
  }
  const line = lineOf(session)
  if (!line || line.isBehind) {
    // Lost with a server or a link, not to another session: only who has it sends its number.
    attachLine(environment, session, request, node)
    const missed = visibleFrom(environment, session, request.comet!.position)
    notifyMissed(
      session,
      missed.filter(({ index }) => index <= asked),
    )
  }
  // CV2-117: its own event, if it made one.
  return { ...outcome, events: visibleFrom(environment, session, asked + 1) }
}

/** What the customer does meanwhile is in the answer, if the attached session asked. */
export function answering<Result>(
  session: Session,
  { comet }: ChatRequest,
  node: RegisteredNode | undefined,
  serve: () => Result,
): Result {
  const line = lineOf(session)
  if (!line || line.node !== node || line.attachment !== comet?.attachment) return serve()
  line.isAnswering = true
  try {
    return serve()
  } finally {
    line.isAnswering = false
  }
}
