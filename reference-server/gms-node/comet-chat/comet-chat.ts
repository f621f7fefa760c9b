import type { Clock } from '../../clock.ts'
import type { FaultGate } from '../../faults/gate.ts'
import { isPlanted } from '../../faults/is-planted.ts'
import type { ChatOutcome, ChatRequest, CometNotice } from '../../messages.ts'
import type { BayeuxServer } from '../bayeux/bayeux-server.ts'
import type { Session } from '../bayeux/session.ts'
import type { Unanswered } from '../chat-answer.ts'
import type { ChatServers } from '../chat-servers.ts'
import type { WriteToken } from '../cometd-token.ts'
import type { RefusalLog } from '../refusal-log.ts'
import { isRequestError } from '../request-error.ts'
import { type Attachment, createAttachments } from './attachments.ts'
import { answerText, refusalText } from './comet-answer.ts'
import { type CometRequestParts, readRequest } from './comet-request.ts'
import { createEventOrder } from './event-order.ts'
import { createLostChats } from './lost-chats.ts'

export interface CometChatParts extends CometRequestParts {
  fault?: (() => FaultGate | undefined) | undefined
  bayeux: BayeuxServer
  clock: Clock
  chatServers: ChatServers
  writeToken: WriteToken
  refusalOf: RefusalLog
  /** `push_notification_to_active_client` of the service (PUSH-110 f.). */
  pushesToActive(service: string): boolean
}

export interface CometChat {
  /** What a Chat Server tells about an attached chat. */
  hear(message: CometNotice): void
  /** A Chat Server, or the way to it, is lost. */
  lose(alias: string): void
  /** There is another one: lost chats may be brought back by it, or be there. */
  lookForAll(): void
  /** Lost chats that are asked for next. */
  pending(): number
  /** Nothing is asked for any more. */
  close(): void
  /** Chats whose events go to this session. */
  chatIds(session: Session): string[]
}

export const chatChannel = '/service/chatV2/'

/**
 * Chat V2 over CometD (section 7): each publish below `/service/chatV2/` is an operation, its result a message on the same
 * channel, whatever the publish's own reply says. Events of a chat go to the session that is attached to it.
 */
export function addCometChat(parts: CometChatParts): CometChat {
  const { bayeux, chatServers, refusalOf, pushesToActive } = parts
  const attachments = createAttachments()
  const { notify, forget, sendWaiting } = createEventOrder(bayeux, tokenOf)
  const lostChats = createLostChats(attachments, parts.clock, reattach)

  bayeux.onService(chatChannel, (session, data, channel) => {
    const service = channel.slice(chatChannel.length)
    const request = readRequest(data, service, parts)
    if (isRequestError(request)) return bayeux.deliverText(session, refusalText(channel, request))
    if ('kind' in request) {
      const outcome: ChatOutcome = { kind: 'refused', reason: 'wrong-key' }
      const referenceId = () => refusalOf({ operation: request.operation, chatId: '' }, outcome)
      bayeux.deliverText(session, answerText(channel, request.operation, outcome, tokenOf(service), referenceId))
    } else pass(session, channel, request)
  })

  // PUSH-112: from then on the chat has no CometD connection.
  bayeux.onEnd(session => {
    for (const attachment of attachments.of(session)) {
      attachments.remove(attachment)
      tell(attachment, 'detach')
    }
  })

  function pass(session: Session, channel: string, request: ChatRequest): void {
    const { operation, chatId, service } = request
    const attaches = operation === 'requestChat' || operation === 'refresh'
    const known = chatId === '' ? undefined : attachments.find(session, chatId)
    const attachment = known ?? (attaches ? attachments.add(session, channel, service, chatId) : undefined)
    const { id = 0, position = 1 } = attachment ?? {}
    request.comet = { attachment: id, pushesToo: pushesToActive(service), position }
    if (attachment) attachment.pending++
    chatServers.request(request, attachment?.alias ?? '', outcome => {
      const referenceId = () => refusalOf(request, outcome)
      const text = answerText(channel, operation, outcome, tokenOf(service), referenceId)
      if (attachment && outcome.kind === 'ok') {
        forget(attachment, outcome.events)
        // CV2-119: what happened before the answer's events goes before it.
        sendWaiting(attachment, outcome.events[0]?.index ?? outcome.nextPosition)
        attachment.position = Math.max(attachment.position, outcome.nextPosition)
      }
      bayeux.deliverText(session, text)
      if (attachment) settle(attachment, outcome, known === undefined)
    })
  }

  /** Its events from where its client is; what is not answered is asked again when somebody else may know the chat. */
  function reattach(attachment: Attachment): void {
    if (isPlanted(parts.fault, 'silent-after-failover')) return
    const { id, service, chatId, alias, position: reached } = attachment
    const position = isPlanted(parts.fault, 'failover-repeats-events') ? 1 : reached
    const comet = { attachment: id, pushesToo: pushesToActive(service), position }
    const request: ChatRequest = { operation: 'reattach', service, chatId, userId: '', secureKey: '', comet }
    attachment.pending++
    chatServers.request(request, alias, outcome => {
      if (outcome.kind === 'ok') {
        const { events, chatEnded, secureKey } = outcome
        // A request of the client may have been answered meanwhile.
        const from = position === reached ? attachment.position : position
        for (const event of events.filter(({ index }) => index >= from)) {
          const isLast = chatEnded && event === events.at(-1)
          notify(attachment, event, { chatId, secureKey: secureKey!, nextPosition: event.index + 1, chatEnded: isLast })
        }
        if (chatEnded) sendWaiting(attachment, Number.POSITIVE_INFINITY)
      } else if (outcome.kind === 'unanswered') lostChats.notFound()
      // The one that has it may be out of reach, and comes back.
      const isNowhere = outcome.kind === 'refused' && outcome.reason === 'not-here'
      settle(attachment, isNowhere ? { kind: 'unanswered' } : outcome, false)
    })
  }

  /** The answer is out: what happened meanwhile follows it. */
  function settle(attachment: Attachment, outcome: ChatOutcome | Unanswered, isNew: boolean): void {
    attachment.pending--
    if (outcome.kind === 'ok') {
      attachment.chatId = outcome.chatId
      attachment.alias = outcome.alias
      lostChats.found(attachment)
    }
    const isOver = outcome.kind === 'ok' ? outcome.chatEnded : isNew || outcome.kind === 'refused'
    // The session may have ended while its request was under way.
    if (isOver || attachment.session.isEnded) {
      attachments.remove(attachment)
      if (attachment.session.isEnded) tell(attachment, 'detach')
    } else if (attachment.pending === 0) sendWaiting(attachment, Number.POSITIVE_INFINITY)
  }

  function tell({ id, chatId, alias }: Attachment, kind: 'detach' | 'alive'): void {
    chatServers.tell(alias, { kind, chatId, attachment: id })
  }

  function tokenOf(service: string): (chatId: string, secureKey: string) => string {
    return (chatId, secureKey) => parts.writeToken({ chatId, secureKey, service, clientChannel: service })
  }

  function hear(message: CometNotice): void {
    if (message.kind === 'restored') {
      lostChats.lookFor(message.chatId)
      return
    }
    const attachment = attachments.get(message.attachment)
    if (!attachment) return
    switch (message.kind) {
      // CV2-133: another session has taken over.
      case 'detached':
        attachments.remove(attachment)
        break
      // CS-008: the CometD session is there, or the attachment would not be.
      case 'ping':
        if (!isPlanted(parts.fault, 'pings-unconfirmed')) tell(attachment, 'alive')
        break
      case 'event':
        notify(attachment, message.event, message)
        // CV2-145: nothing follows it.
        if (message.chatEnded && attachment.pending === 0) attachments.remove(attachment)
    }
  }

  return {
    hear,
    lose: lostChats.lose,
    lookForAll: lostChats.lookForAll,
    pending: lostChats.pending,
    close: lostChats.close,
    chatIds: session => [...attachments.of(session)].map(({ chatId }) => chatId).filter(chatId => chatId !== ''),
  }
}
