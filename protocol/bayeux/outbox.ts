import { type BayeuxClient, type Link, nextId, nextLink, type Outcome } from './client.ts'
import type { BayeuxMessage } from './message.ts'

/** @returns the id under which its outcome is told. */
export function enqueue(client: BayeuxClient, message: BayeuxMessage): string {
  const id = nextId(client)
  client.queue.push({ ...message, id })
  return id
}

/** Sends what waits, as far as the session and the transport can take it now. */
export function flush(client: BayeuxClient, nowMs: number): void {
  const { queue, settings, socket, clientId } = client
  if (clientId === undefined || client.state === 'interrupted') return
  while (queue.length > 0) {
    if (settings.transport === 'websocket') {
      if (!socket?.isOpen) return
    } else if (client.busy !== 0) return
    const link = settings.transport === 'websocket' ? socket!.link : nextLink(client)
    const messages = queue.splice(0, settings.maxBatch)
    for (const request of messages) {
      request.clientId = clientId
      const deadlineMs = nowMs + settings.networkDelayMs
      client.pending.set(request.id!, { request, link, deadlineMs, session: client.session })
    }
    if (settings.transport !== 'websocket') client.busy = link
    transmit(client, link, messages, false)
  }
}

export function transmit(client: BayeuxClient, link: Link, messages: readonly BayeuxMessage[], isPoll: boolean): void {
  const { extension } = client.settings
  if (extension?.outgoing) for (const message of messages) extension.outgoing(message)
  client.outputs.send(client, link, messages, isPoll)
}

/** What went over this link is not answered any more. */
export function forget(client: BayeuxClient, link: Link, outcome: Outcome): void {
  for (const [id, pending] of client.pending) {
    if (pending.link !== link) continue
    client.pending.delete(id)
    client.outputs.outcome(client, pending.request, outcome)
  }
}
