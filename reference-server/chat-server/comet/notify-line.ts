import type { ChatEvent } from '../../../protocol/chat/event.ts'
import { asAnswered } from '../as-answered.ts'
import { nextPosition, type Session } from '../session.ts'
import { lineOf } from './comet-line.ts'

/** Sends a customer-visible event to the attached CometD session, one by one in index order (CV2-116, CV2-119). */
export function notifyLine(session: Session, event: ChatEvent, isOwn: boolean): void {
  const line = lineOf(session)
  if (!line) return
  // To the customer its own removal is the end, whoever else goes on (OQ-12); nothing follows it (CV2-145).
  const chatEnded = isOwn && event.type === 'ParticipantLeft'
  if (chatEnded) session.comet = undefined
  if (isOwn && line.isAnswering) return
  line.node.link.send({
    kind: 'event',
    attachment: line.attachment,
    chatId: session.chatId,
    event: asAnswered(event),
    nextPosition: nextPosition(session),
    chatEnded,
    secureKey: session.secureKey,
  })
  // PUSH-113: what was delivered here is not announced by a push later.
  if (!line.pushesToo) session.retrieved = nextPosition(session)
}
