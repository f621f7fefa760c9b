import type { BayeuxMessage } from '../../protocol/bayeux/message.ts'
import { readMarker } from '../../protocol/marker.ts'
import type { ShardOperation } from '../../protocol/stream/shard-stream.ts'
import { chatUserData, cometPushUserData } from './forms.ts'
import type { Session } from './session.ts'

const operationNames: Partial<Record<ShardOperation, string>> = {
  requestChat: 'requestChat',
  send: 'sendMessage',
  refresh: 'requestNotifications',
  ping: 'requestNotifications',
  finalRefresh: 'requestNotifications',
  resume: 'requestNotifications',
  startTyping: 'startTyping',
  stopTyping: 'stopTyping',
  disconnect: 'disconnect',
}

/**
 * What is published on the chat channel (section 7.2); the key alone stands for the session (CV2-123). Who is pushed as
 * well subscribes with every request for notifications alike (CV2-147).
 */
export function operationData(
  session: Session,
  operation: ShardOperation,
  position: number,
  message: string,
  notifyRequestor: boolean,
): object {
  const name = { operation: operationNames[operation] }
  if (operation === 'requestChat')
    return {
      ...name,
      firstName: 'Load',
      lastName: session.deviceId,
      subject: 'chatgauge',
      userData: { ...chatUserData(session), ...cometPushUserData(session, notifyRequestor) },
    }
  return {
    ...name,
    secureKey: session.secureKey,
    ...(position >= 0 && { transcriptPosition: position }),
    ...(name.operation === 'requestNotifications' &&
      session.plan.mode !== 'off' && { userData: cometPushUserData(session, notifyRequestor) }),
    ...(message !== '' && { message }),
  }
}

/**
 * Nothing numbers the answers (OQ-13). What nobody asked for says so by members that no answer has (CV2-126); a server
 * that leaves them out sends one event of somebody else, which only the answer to requestNotifications could be, too.
 */
export function isUnasked(operation: ShardOperation, data: unknown): boolean {
  if (data === null || typeof data !== 'object') return false
  if ('monitored' in data) return true
  if (operation !== 'send') return false
  const { messages } = data as { messages?: { from?: { participantId?: unknown } }[] }
  const [event] = Array.isArray(messages) ? messages : []
  return event !== undefined && event?.from?.participantId !== 1
}

/** How long ago the agent of ours sent the text that this notifies of; for ever, where nobody knows. */
export function saidMsAgo({ data }: BayeuxMessage, atMs: number): number {
  const { messages } = Object(data) as { messages?: { text?: unknown }[] }
  const text = Array.isArray(messages) ? messages[0]?.text : undefined
  const marker = typeof text === 'string' ? readMarker(text) : undefined
  return marker ? Math.max(0, atMs - marker.plannedMs - marker.latenessUs / 1000) : Number.POSITIVE_INFINITY
}
