import { readMarker } from '../../protocol/marker.ts'
import type { StampedMessage } from './join.ts'
import type { WrittenNotification } from './recorder.ts'

/**
 * What the target wrote to CometD sessions. A text says itself when it was planned and sent, so nothing has to be joined;
 * still a session must hear one chat only and in its order (CV2-119).
 * @throws where it does not: a stamp of another message would prove nothing.
 */
export function notifiedMessages(written: readonly WrittenNotification[]): StampedMessage[] {
  const heard = new Map<string, { chat: string; index: number }>()
  const messages: StampedMessage[] = []
  for (const { clientId, index, atMs, text } of written) {
    const marker = readMarker(text)
    if (!marker) continue
    const chat = `${marker.shard}.${marker.session}`
    const before = heard.get(clientId)
    if (before && before.chat !== chat)
      throw new Error(`client ${clientId} was notified of chat ${chat}, earlier of ${before.chat}`)
    if (before && before.index >= index)
      throw new Error(`client ${clientId} was notified of index ${index} behind ${before.index}`)
    heard.set(clientId, { chat, index })
    const { plannedMs, latenessUs } = marker
    messages.push({ plannedMs, sentMs: plannedMs + latenessUs / 1000, begunMs: atMs })
  }
  return messages
}
