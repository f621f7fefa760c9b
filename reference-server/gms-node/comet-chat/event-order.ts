import type { ChatEvent } from '../../../protocol/chat/event.ts'
import type { CometNotice } from '../../messages.ts'
import type { BayeuxServer } from '../bayeux/bayeux-server.ts'
import type { Attachment } from './attachments.ts'
import { notificationText } from './comet-answer.ts'

type EventNotice = Pick<CometNotice & { kind: 'event' }, 'chatId' | 'secureKey' | 'nextPosition' | 'chatEnded'>

/** Events of attached chats on their way to their sessions: they wait for the answers that go before them (CV2-119). */
export interface EventOrder {
  notify(attachment: Attachment, event: ChatEvent, about: EventNotice): void
  /** An answer shows these: they are not told again (CV2-120, CV2-131). */
  forget(attachment: Attachment, shown: readonly ChatEvent[]): void
  /** Those that wait, as far as they are older than `beforeIndex`. */
  sendWaiting(attachment: Attachment, beforeIndex: number): void
}

export function createEventOrder(
  bayeux: Pick<BayeuxServer, 'deliverText'>,
  tokenOf: (service: string) => (chatId: string, secureKey: string) => string,
): EventOrder {
  return {
    notify(attachment, event, { chatId, secureKey, nextPosition, chatEnded }) {
      attachment.position = Math.max(attachment.position, nextPosition)
      const token = tokenOf(attachment.service)(chatId, secureKey)
      const text = notificationText(attachment.channel, event, { token, nextPosition, chatEnded })
      if (attachment.pending > 0) {
        attachment.waiting ??= []
        attachment.waiting.push({ index: event.index, text })
      } else bayeux.deliverText(attachment.session, text)
    },
    forget(attachment, shown) {
      attachment.waiting = attachment.waiting?.filter(({ index }) => !shown.some(event => event.index === index))
    },
    sendWaiting(attachment, beforeIndex) {
      const { waiting, session } = attachment
      if (!waiting) return
      const later = waiting.filter(({ index }) => index >= beforeIndex)
      attachment.waiting = later.length > 0 ? later : undefined
      for (const { index, text } of waiting) if (index < beforeIndex) bayeux.deliverText(session, text)
    },
  }
}
