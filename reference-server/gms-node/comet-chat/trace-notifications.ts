import type { ChatEvent } from '../../../protocol/chat/event.ts'
import { hostNow } from '../../clock.ts'
import type { Tracer } from '../../tracer.ts'
import type { Session } from '../bayeux/session.ts'

interface ChatMessage {
  data?: { messages?: ChatEvent[]; nextPosition?: number }
}

/** Tells of each notification and answer that is written, as late as it leaves; nothing is read unless somebody listens. */
export function traceNotifications(tracer: Tracer): (session: Session, events: readonly string[]) => void {
  return ({ clientId }, events) => {
    if (!tracer.wantsNotifications?.()) return
    const atMs = hostNow()
    for (const event of events) {
      if (!event.includes('"messages":')) continue
      const { messages = [], nextPosition = 0 } = (JSON.parse(event) as ChatMessage).data ?? {}
      // CV2-126: what tells a notification from the answer to a request.
      if (event.includes('"monitored":'))
        for (const { index, text = '' } of messages) tracer.record(['notified', clientId, index, atMs, text])
      else tracer.record(['shown', clientId, nextPosition, atMs, messages.flatMap(({ text }) => text ?? [])])
    }
  }
}
