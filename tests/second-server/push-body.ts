// Bodies of custom HTTP pushes.
import { type Chat, nextPosition, wholeSecond } from './chat.ts'
import type { Settings } from './settings.ts'
import type { Subscription } from './subscription.ts'

export function bodyOf(chat: Chat, { deviceId, payload, envelopeKey }: Subscription, message: object): string {
  if (!payload) return JSON.stringify({ deviceId })
  const envelope = {
    secureKey: envelopeKey,
    chatId: 'deprecated',
    nextPosition: nextPosition(chat),
    messages: [message],
    alias: '0',
    chatEnded: chat.ended,
    userId: 'deprecated',
    statusCode: 0,
    monitored: false,
  }
  return JSON.stringify({ message: envelope, deviceId })
}

/** A trigger has no event of its own: it says from where to refresh, and with which tokens. */
export function triggerOf(chat: Chat, alias: string, settings: Settings, position: number, attempt: number): object {
  const members: Record<string, string> = {
    'secure-key': chat.secureKey,
    'app-dbid': alias,
    'user-id': chat.userId,
    'session-id': chat.chatId,
  }
  const userData: Record<string, string> = { 'notify-attempt': `${attempt}`, 'notify-position': `${position}` }
  for (const name of settings.pushContent) userData[name] = members[name] ?? ''
  return {
    from: { nickname: '', participantId: 0, type: 'Client' },
    index: 0,
    text: 'PUSH-NOTIFICATION',
    type: 'PushUrl',
    utcTime: wholeSecond(),
    userData,
  }
}

/** Sent for each chat of a Chat Server that is being stopped: reconnect, which is a refresh, restores it elsewhere. */
export const reconnectAdvice = (chat: Chat): object => ({
  from: chat.customer,
  index: 0,
  type: 'ParticipantLeft',
  utcTime: wholeSecond(),
  userData: { 'quit-reason-advice': 'reconnect' },
})
