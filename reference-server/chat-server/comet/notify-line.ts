import type { ChatEvent } from '../../../protocol/chat/event.ts'
import { asAnswered } from '../as-answered.ts'
import { nextPosition, type Session } from '../session.ts'
import { type CometLine, lineOf } from './comet-line.ts'

/** Sends a customer-visible event to the attached CometD session, one by one in index order (CV2-116, CV2-119). */
export function notifyLine(session: Session, event: ChatEvent, isOwn: boolean): void {
  const line = lineOf(session)
  if (!line || line.isBehind) return
  // To the customer its own removal is the end, whoever else goes on (OQ-12); nothing follows it (CV2-145).
  const chatEnded = isOwn && event.type === 'ParticipantLeft'
  if (chatEnded) session.comet = undefined
  if (isOwn && line.isAnswering) return
  send(line, session, event, chatEnded)
  // PUSH-113: what was delivered here is not announced by a push later.
  if (!line.pushesToo) session.retrieved = nextPosition(session)
}

/** What happened while nobody was attached, because the Chat Server or its link was gone: none is lost (CV2-131). */
export function notifyMissed(session: Session, events: readonly ChatEvent[]): void {
  const line = lineOf(session)
  if (line) for (const event of events) send(line, session, event, false)
}

function send(line: CometLine, session: Session, event: ChatEvent, chatEnded: boolean): void {
  const { chatId, secureKey } = session
  const { attachment } = line
  line.node.link.send({
    kind: 'event',
    attachment,
    chatId,
    event: asAnswered(event),
    nextPosition: event.index + 1,
    chatEnded,
    secureKey,
  })
}
