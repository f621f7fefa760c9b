import { type BayeuxClient, change, heed } from './client.ts'
import { end, interrupt, renew } from './connection.ts'
import { type BayeuxMessage, errorOf, isEvent, isUnknownSession } from './message.ts'
import { enqueue } from './outbox.ts'

/** One message that came, over whatever link. */
export function receive(client: BayeuxClient, message: BayeuxMessage, nowMs: number): void {
  if (client.state === 'ended') return
  client.settings.extension?.incoming?.(message)
  if (isEvent(message)) return void client.outputs.event(client, message)
  const { poll, pending } = client
  const id = message.id === undefined ? undefined : String(message.id)
  if (id === undefined) {
    // Only a server that ends a session by itself leaves out the id.
    if (message.channel === '/meta/disconnect') end(client, 'ended by the server')
    return
  }
  if (poll?.request.id === id) {
    if (message.channel !== poll.request.channel) return
    client.poll = undefined
    if (message.channel === '/meta/handshake') shaken(client, message, nowMs)
    else connected(client, message, nowMs)
    return
  }
  const sent = pending.get(id)
  if (!sent) return
  pending.delete(id)
  if (client.farewell?.id === id) client.farewell.isAnswered = true
  else client.outputs.outcome(client, sent.request, message)
  // About an earlier session it says nothing new.
  if (isUnknownSession(message) && sent.session === client.session && client.clientId !== undefined)
    renew(client, nowMs, errorOf(message))
}

function shaken(client: BayeuxClient, reply: BayeuxMessage, nowMs: number): void {
  heed(client, reply.advice)
  const { clientId, supportedConnectionTypes: offered } = reply
  const { transport } = client.settings
  // Without an id, or with none to speak of, there is no session that a request could name.
  if (reply.successful !== true || typeof clientId !== 'string' || clientId === '') {
    const why = `handshake refused: ${errorOf(reply)}`
    if (reply.advice?.reconnect === 'none') return void end(client, why)
    return void interrupt(client, nowMs, why)
  }
  if (Array.isArray(offered) && !offered.includes(transport))
    return void end(client, `the server does not offer ${transport}, but ${String(offered).slice(0, 200)}`)
  client.session += 1
  client.clientId = clientId
  client.heardMs = nowMs
  client.isProbing = true
  client.nextTryMs = nowMs
  const waiting = client.queue
  client.queue = []
  for (const subscription of client.subscriptions) enqueue(client, { channel: '/meta/subscribe', subscription })
  change(client, 'connecting')
  client.queue.push(...waiting)
}

function connected(client: BayeuxClient, reply: BayeuxMessage, nowMs: number): void {
  heed(client, reply.advice)
  if (client.state === 'leaving') return
  const { reconnect, interval } = client.advice
  if (reply.advice?.reconnect === 'none')
    return void end(client, reply.successful === true ? 'told not to connect again' : errorOf(reply))
  if (isUnknownSession(reply)) return void renew(client, nowMs, errorOf(reply))
  if (reply.successful !== true) return void interrupt(client, nowMs, `connect refused: ${errorOf(reply)}`)
  client.heardMs = nowMs
  client.failures = 0
  client.renewals = 0
  client.isProbing = false
  change(client, 'connected')
  if (reconnect === 'handshake') return void renew(client, nowMs + Math.max(0, interval), 'told to handshake')
  client.nextTryMs = interval < 0 ? Number.POSITIVE_INFINITY : nowMs + interval
}
