import type { ChatEvent, EventType } from '../../protocol/chat/event.ts'
import type { PushNotice } from '../messages.ts'
import { type Environment, settings } from './environment.ts'
import { customerOf, lastIndex, nextPosition, type Session } from './session.ts'
import type { PushSubscription } from './subscription.ts'

/** Content members belong to reliable notices and the shutdown advice only (OQ-61). */
const noContent: Record<string, string> = Object.freeze({})

export interface Trigger {
  index: number
  eventType: EventType
  attempt: number
  /** First index not retrieved, -1 = the party has been removed (CS-066). */
  position: number
  chatEnded: boolean
}

/** One event with or without payload (PUSH-040 ff., modes A and B). */
export function eventNotice(
  session: Session,
  push: PushSubscription,
  event: ChatEvent,
  chatEnded: boolean,
): PushNotice {
  return {
    ...addressOf(session, push),
    form: 'event',
    index: event.index,
    eventType: event.type,
    event,
    attempt: 0,
    notifyPosition: 0,
    content: noContent,
    nextPosition: nextPosition(session),
    chatEnded,
  }
}

/** A notice of reliable delivery, without event content (PUSH-050 ff., mode C). */
export function triggerNotice(
  environment: Environment,
  session: Session,
  push: PushSubscription,
  trigger: Trigger,
): PushNotice {
  return {
    ...addressOf(session, push),
    form: 'trigger',
    index: trigger.index,
    eventType: trigger.eventType,
    attempt: trigger.attempt,
    notifyPosition: trigger.position,
    content: contentMembers(environment, session),
    nextPosition: nextPosition(session),
    chatEnded: trigger.chatEnded,
  }
}

/** Tells the client to reconnect before this server stops (CS-100, CS-101); no transcript event (CS-104). */
export function adviceNotice(environment: Environment, session: Session, push: PushSubscription): PushNotice {
  const index = lastIndex(session)
  const event: ChatEvent = {
    from: customerOf(session).from,
    index,
    type: 'ParticipantLeft',
    utcTime: Math.floor(environment.now() / 1000) * 1000,
    userData: { 'quit-reason-advice': 'reconnect' },
  }
  return {
    ...eventNotice(session, push, event, false),
    form: 'advice',
    content: push.resend ? contentMembers(environment, session) : noContent,
  }
}

function addressOf(session: Session, push: PushSubscription) {
  return {
    chatId: session.chatId,
    service: session.service,
    deviceId: push.deviceId,
    deviceType: push.deviceType,
    ...(push.provider === undefined ? undefined : { provider: push.provider }),
    debug: push.debug,
    includePayload: push.includePayload,
    secureKey: session.secureKey,
    ...(push.clientChannel === undefined ? undefined : { clientChannel: push.clientChannel }),
  }
}

/** Read when the notice leaves: a change applies to repetitions already scheduled, too (PUSH-060). */
function contentMembers(environment: Environment, session: Session): Record<string, string> {
  const wanted = environment.options.list(settings, 'flex-push-content')
  const members: Record<string, string> = {}
  if (wanted.includes('secure-key')) members['secure-key'] = session.secureKey
  if (wanted.includes('app-dbid')) members['app-dbid'] = environment.alias
  if (wanted.includes('user-id')) members['user-id'] = session.userId
  if (wanted.includes('session-id')) members['session-id'] = session.chatId
  return members
}
