import { readMarker } from '../../protocol/marker.ts'
import type { Recording } from './recorder.ts'

/** A connection that was cut: planned by the seed, and the answer that brought its customer back as the target stamped it. */
export interface StampedResume {
  cutMs: number
  answeredMs: number
}

/**
 * The first answer to a customer behind its cut: it asks nothing before it is back. Half of them come back as new clients;
 * whose client is whose is told by the markers of all that it was ever sent.
 * @throws where a client was sent texts of two chats.
 */
export function stampedResumes(
  { notified, shown }: Pick<Recording, 'notified' | 'shown'>,
  cuts: ReadonlyMap<string, number>,
): StampedResume[] {
  const chatOf = new Map<string, string>()
  const learn = (clientId: string, text: string) => {
    const marker = readMarker(text)
    if (!marker) return
    const chat = `${marker.shard}.${marker.session}`
    const known = chatOf.get(clientId) ?? chat
    if (known !== chat) throw new Error(`client ${clientId} was sent texts of chat ${chat}, earlier of ${known}`)
    chatOf.set(clientId, chat)
  }
  for (const { clientId, text } of notified) learn(clientId, text)
  for (const { clientId, texts } of shown) for (const text of texts) learn(clientId, text)
  const resumes = new Map<string, StampedResume>()
  for (const { clientId, atMs } of shown) {
    const chat = chatOf.get(clientId)
    const cutMs = chat === undefined ? undefined : cuts.get(chat)
    if (chat === undefined || cutMs === undefined || atMs < cutMs || resumes.has(chat)) continue
    resumes.set(chat, { cutMs, answeredMs: atMs })
  }
  return [...resumes.values()]
}
