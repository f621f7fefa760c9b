import { readMarker } from '../../protocol/marker.ts'
import type { StampedMessage } from './join.ts'
import type { WrittenAnswer } from './recorder.ts'

/**
 * What customers said over CometD, with the answer as the target wrote it: the first that shows a text is the one to its own
 * send, since a customer has one request in flight.
 * @throws where a client was answered with texts of two customers: a stamp of another answer would prove nothing.
 */
export function answeredSends(shown: readonly WrittenAnswer[]): StampedMessage[] {
  const customerOf = new Map<string, string>()
  const answered = new Map<string, StampedMessage>()
  for (const { clientId, atMs, texts } of shown) {
    for (const text of texts) {
      const marker = readMarker(text)
      if (marker?.side !== 'c') continue
      const { shard, session, sequence, plannedMs, latenessUs } = marker
      const customer = `${shard}.${session}`
      const known = customerOf.get(clientId) ?? customer
      if (known !== customer)
        throw new Error(`client ${clientId} was answered with a text of customer ${customer}, earlier of ${known}`)
      customerOf.set(clientId, customer)
      const name = `${customer}/${sequence}`
      if (!answered.has(name)) answered.set(name, { plannedMs, sentMs: plannedMs + latenessUs / 1000, begunMs: atMs })
    }
  }
  return [...answered.values()]
}
