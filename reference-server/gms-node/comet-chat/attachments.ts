import type { Session } from '../bayeux/session.ts'

/** A chat whose events go to a CometD session (OQ-22). */
export interface Attachment {
  readonly id: number
  readonly session: Session
  readonly channel: string
  readonly service: string
  /** '' until request chat is answered. */
  chatId: string
  /** The Chat Server that has the chat, as far as it is known. */
  alias: string
  /** Requests of this session for the chat that wait for their answer: events wait with them (CV2-119). */
  pending: number
  waiting: Waiting[] | undefined
  /** First index that the client has not been sent. */
  position: number
}

export interface Waiting {
  index: number
  /** Whole message. */
  text: string
}

/** One chat per attachment, any number of chats per CometD session (CV2-134). */
export interface Attachments {
  add(session: Session, channel: string, service: string, chatId: string): Attachment
  get(id: number): Attachment | undefined
  find(session: Session, chatId: string): Attachment | undefined
  remove(attachment: Attachment): void
  of(session: Session): Iterable<Attachment>
  all(): Iterable<Attachment>
}

export function createAttachments(): Attachments {
  const byId = new Map<number, Attachment>()
  const bySession = new Map<Session, Attachment[]>()
  let lastId = 0

  return {
    add(session, channel, service, chatId) {
      const attachment: Attachment = {
        id: ++lastId,
        session,
        channel,
        service,
        chatId,
        alias: '',
        pending: 0,
        waiting: undefined,
        position: 1,
      }
      byId.set(attachment.id, attachment)
      const others = bySession.get(session)
      if (others) others.push(attachment)
      else bySession.set(session, [attachment])
      return attachment
    },
    get: id => byId.get(id),
    find(session, chatId) {
      return bySession.get(session)?.find(each => each.chatId === chatId)
    },
    remove(attachment) {
      byId.delete(attachment.id)
      const others = bySession.get(attachment.session)?.filter(each => each !== attachment) ?? []
      if (others.length > 0) bySession.set(attachment.session, others)
      else bySession.delete(attachment.session)
    },
    of: session => bySession.get(session) ?? [],
    all: () => byId.values(),
  }
}
