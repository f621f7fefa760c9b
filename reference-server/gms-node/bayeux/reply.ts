import type { BayeuxMessage } from './message.ts'
import { idMember } from './message.ts'

// Texts rather than objects: they are what is queued and sent, and an object would be made only to be written once.
// Legal channels and ids hold nothing that JSON would have to escape.

/** @param more further members, ready to be written, each with its comma in front. */
export function success(channel: string, idText: string, more = ''): string {
  return `{"channel":"${channel}"${idText}${more},"successful":true}`
}

/** Any channel, as it came; none where none came (BX-092). */
export function failure(message: BayeuxMessage, error: string, more = ''): string {
  const { channel, subscription } = message
  const channelText = typeof channel === 'string' ? `"channel":${JSON.stringify(channel)},` : ''
  const isSubscription = channel === '/meta/subscribe' || channel === '/meta/unsubscribe'
  const named = isSubscription && subscription !== undefined ? `,"subscription":${JSON.stringify(subscription)}` : ''
  return `{${channelText}"error":"${error}"${idMember(message)}${named}${more},"successful":false}`
}

/** A message of a service or of another client, never with the id or clientId of a publisher (BX-082). */
export function eventText(channel: string, data: unknown): string {
  return `{"data":${JSON.stringify(data) ?? 'null'},"channel":"${channel}"}`
}

export const adviseHandshake = ',"advice":{"interval":0,"reconnect":"handshake"}'
export const adviseNone = ',"advice":{"reconnect":"none"}'
