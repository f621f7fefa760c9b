import type { PushedMode, SeenPost } from '../judging/session-ledger.ts'
import type { EventType } from '../protocol/chat/event.ts'
import { isPushed, type PushMode } from '../protocol/push/mode.ts'
import type { PushedMessage, PushNotification } from '../protocol/push/notification.ts'
import type { ObservedPush } from '../protocol/stream/observation.ts'
import { type Violation, violation } from '../protocol/violation.ts'
import { endEvidence, seenEvent } from './session.ts'

/**
 * What can be relied on in a body even when its shape is broken; undefined = no event can be read from it.
 * @param receivedMs on the clock of the session's shard
 */
export function seenPost(
  run: string,
  push: ObservedPush,
  { message }: PushNotification,
  receivedMs: number,
): SeenPost | undefined {
  const post = { receivedMs, mode: push.mode as PushedMode }
  if (push.mode === 'device-id') return post
  const { messages, nextPosition } = (
    typeof message === 'object' && message !== null ? message : {}
  ) as Partial<PushedMessage>
  const event = Array.isArray(messages) ? messages[0] : undefined
  if (push.mode === 'reliable') {
    const attempt = Number(event?.userData?.['notify-attempt'] ?? 0)
    const notifyPosition = Number(event?.userData?.['notify-position'] ?? 0)
    return Number.isInteger(nextPosition) && Number.isInteger(attempt)
      ? { ...post, attempt, notifyPosition, nextPosition: nextPosition! }
      : undefined
  }
  const isReadable =
    Number.isInteger(event?.index) && typeof event?.type === 'string' && Number.isInteger(event.from?.participantId)
  return isReadable ? { ...post, event: seenEvent(run, event!) } : undefined
}

/** The push says that the session is finished or the customer was taken out of it. */
export function tellsOfEnd(post: SeenPost, { message }: PushNotification): boolean {
  if (typeof message !== 'object' || message === null) return false
  return message.chatEnded === true || post.notifyPosition === -1 || endEvidence(message.messages)
}

/** The rule that a POST breaks when only the ledger could tell. */
export function wrongPost(kind: 'duplicate' | 'foreign' | 'out-of-order', post: SeenPost): Violation {
  const { mode, event, nextPosition } = post
  const found = event
    ? `${event.type} with index ${event.index}`
    : mode === 'reliable'
      ? `a notice up to ${nextPosition}`
      : 'a push'
  switch (kind) {
    case 'duplicate':
      return violation(
        mode === 'reliable' ? 'CS-064' : 'CS-072',
        'An event was pushed twice',
        found,
        'one first push an event',
      )
    case 'out-of-order':
      return violation('PUSH-035', 'Pushes of one session are not in index order', found, 'a higher index than before')
    default:
      return violation(
        foreignRule(post),
        'A push came for which there is no event',
        found,
        'an event of the transcript that is pushed',
      )
  }
}

function foreignRule({ mode, event }: SeenPost): string {
  if (event?.isOwn) return 'PUSH-023'
  if (event && !isPushed(event.type as EventType, mode as PushMode)) return 'PUSH-032'
  return mode === 'reliable' ? 'CS-065' : 'PUSH-043'
}
