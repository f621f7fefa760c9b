import type { ChatEvent } from '../../protocol/chat/event.ts'
import type { ReceivedPost } from '../sink/push-sink.ts'
import { jsonObject } from './answer.ts'

/** A push as it came, and what is in it one step nearer. */
export interface Push extends ReceivedPost {
  /** Last segment of the path: the GMS node, where the target is set up to tell it. */
  node: string
  body: Record<string, unknown>
  /** Response object of modes B and C, {} without one. */
  message: Record<string, unknown>
  /** The one event of modes B and C. */
  event: ChatEvent | undefined
  /** notify-attempt and notify-position of mode C, as the texts that they are. */
  attempt: string | undefined
  position: string | undefined
}

export function readPush(post: ReceivedPost): Push {
  const body = jsonObject(post.text)
  const message = typeof body.message === 'object' && body.message !== null ? (body.message as Push['message']) : {}
  const event = Array.isArray(message.messages) ? (message.messages[0] as ChatEvent | undefined) : undefined
  return {
    ...post,
    node: post.path.split('/').at(-1) ?? '',
    body,
    message,
    event,
    attempt: event?.userData?.['notify-attempt'],
    position: event?.userData?.['notify-position'],
  }
}

/** `Message #3 of Bob`, `attempt 1 from position 3`, `device id only`. */
export function describePush({ event, attempt, position }: Push): string {
  if (attempt !== undefined) return `attempt ${attempt}, position ${position}`
  return event === undefined ? 'device id only' : `${event.type} #${event.index} of ${event.from?.nickname}`
}
