import type { Recording } from './recorder.ts'

/** One text that was pushed or notified: planned and sent by its marker, begun by the target's own stamp. Epoch ms. */
export interface StampedMessage {
  plannedMs: number
  sentMs: number
  begunMs: number
}

/**
 * Joins what the target wrote with what the receiver read. A node has one POST in flight (PUSH-070), so its n-th begun POST
 * is the n-th received one. That is held against both ends: the index is the same, and chat and device stay a pair.
 * @throws where they do not: a stamp of another message would prove nothing.
 */
export function joinMessages({ begun, received }: Pick<Recording, 'begun' | 'received'>): StampedMessage[] {
  if (begun.length !== received.length)
    throw new Error(`the target began ${begun.length} POSTs and the receiver read ${received.length}`)
  const deviceOf = new Map<string, string>()
  const chatOf = new Map<string, string>()
  const messages: StampedMessage[] = []
  for (const [n, { chatId, index, atMs }] of begun.entries()) {
    const post = received[n]!
    if (post.index !== index) throw new Error(`POST ${n + 1} began with index ${index} and came with ${post.index}`)
    const device = deviceOf.get(chatId) ?? post.device
    const chat = chatOf.get(post.device) ?? chatId
    if (device !== post.device || chat !== chatId)
      throw new Error(`POST ${n + 1} joins chat ${chatId} with ${post.device}, an earlier one joined it with ${device}`)
    deviceOf.set(chatId, device)
    chatOf.set(device, chatId)
    if (post.plannedMs === undefined || post.sentMs === undefined) continue
    messages.push({ plannedMs: post.plannedMs, sentMs: post.sentMs, begunMs: atMs })
  }
  return messages
}
