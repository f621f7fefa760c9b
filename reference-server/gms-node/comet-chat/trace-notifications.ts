import type { ChatEvent } from '../../../protocol/chat/event.ts'
import { hostNow } from '../../clock.ts'
import type { Tracer } from '../../tracer.ts'
import type { Session } from '../bayeux/session.ts'

interface Notification {
  data?: { messages?: ChatEvent[] }
}

/** Tells of each notification that is written, as late as it leaves; nothing is read unless somebody listens for it. */
export function traceNotifications(tracer: Tracer): (session: Session, events: readonly string[]) => void {
  return ({ clientId }, events) => {
    if (!tracer.wantsNotifications?.()) return
    const atMs = hostNow()
    for (const event of events) {
      // CV2-126: what tells an event from the answer to a request.
      if (!event.includes('"monitored":')) continue
      const { data } = JSON.parse(event) as Notification
      for (const { index, text } of data?.messages ?? []) tracer.record(['notified', clientId, index, atMs, text ?? ''])
    }
  }
}
