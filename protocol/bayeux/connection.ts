import { type BayeuxClient, change, type Link, nextId, nextLink } from './client.ts'
import type { BayeuxMessage } from './message.ts'
import { forget, transmit } from './outbox.ts'

/** Handshakes or connects, over a WebSocket that is opened first where there is none. */
export function tryNow(client: BayeuxClient, nowMs: number): void {
  if (client.poll) return
  client.nextTryMs = Number.POSITIVE_INFINITY
  if (client.settings.transport === 'websocket' && !client.socket?.isOpen) {
    if (client.socket) return
    const link = nextLink(client)
    client.socket = { link, isOpen: false, deadlineMs: nowMs + client.settings.networkDelayMs }
    client.outputs.open(client, link)
    return
  }
  if (client.clientId !== undefined && hasExpired(client, nowMs)) {
    client.clientId = undefined
    change(client, 'handshaking', 'the session was without connection for longer than the server keeps it')
  }
  if (client.clientId === undefined) poll(client, nowMs, handshake(client), 0)
  else poll(client, nowMs, connect(client, client.clientId), client.isProbing ? 0 : client.advice.timeout)
}

function handshake({ settings }: BayeuxClient): BayeuxMessage {
  const supportedConnectionTypes = [settings.transport]
  return { channel: '/meta/handshake', version: '1.0', minimumVersion: '1.0', supportedConnectionTypes }
}

function connect({ settings, isProbing }: BayeuxClient, clientId: string): BayeuxMessage {
  const advice = isProbing ? { advice: { timeout: 0 } } : {}
  return { channel: '/meta/connect', clientId, connectionType: settings.transport, ...advice }
}

function poll(client: BayeuxClient, nowMs: number, message: BayeuxMessage, holdMs: number): void {
  const request = { ...message, id: nextId(client) }
  const link = client.socket?.link ?? nextLink(client)
  const deadlineMs = nowMs + Math.max(0, holdMs) + client.settings.networkDelayMs
  client.poll = { request, link, deadlineMs, session: client.session }
  transmit(client, link, [request], true)
}

/** Only where the server says how long it keeps a session; without that it is asked, and says 402. */
function hasExpired({ advice, heardMs }: BayeuxClient, nowMs: number): boolean {
  const { timeout, interval, maxInterval } = advice
  return maxInterval > 0 && nowMs - heardMs > timeout + Math.max(0, interval) + maxInterval
}

/** A handshake or connect failed: the next try comes later each time, and is to be answered at once. */
export function interrupt(client: BayeuxClient, nowMs: number, why: string): void {
  client.poll = undefined
  if (client.state === 'leaving') return void end(client, why)
  client.failures += 1
  client.isProbing = true
  client.nextTryMs = nowMs + Math.max(0, client.advice.interval) + client.settings.backoffMs(client.failures)
  change(client, client.clientId === undefined ? 'handshaking' : 'interrupted', why)
}

/**
 * The server does not know the session any more: it is there, so a new one is asked for at once, however many tries failed
 * before, as CometD's own client does; unless that happened before without a good connect since.
 */
export function renew(client: BayeuxClient, nowMs: number, why: string): void {
  const held = client.poll
  client.poll = undefined
  if (held && client.settings.transport !== 'websocket') client.outputs.drop(client, held.link)
  if (client.state === 'leaving') return void end(client, why)
  client.clientId = undefined
  client.nextTryMs = nowMs + (client.renewals === 0 ? 0 : client.settings.backoffMs(client.renewals))
  client.renewals += 1
  client.failures = 0
  change(client, 'handshaking', why)
}

/** A WebSocket is gone, or an HTTP request without an answer. */
export function loseLink(client: BayeuxClient, link: Link, nowMs: number, why: string): void {
  if (client.socket?.link === link) {
    client.socket = undefined
    forget(client, link, 'lost')
    return void interrupt(client, nowMs, why)
  }
  if (client.busy === link) {
    client.busy = 0
    forget(client, link, 'lost')
    if (client.state === 'leaving' && client.pending.size === 0 && client.queue.length === 0) end(client, why)
  }
  if (client.poll?.link === link) interrupt(client, nowMs, why)
}

/** For good: nothing is sent any more, and what waits is told so. */
export function end(client: BayeuxClient, why: string): void {
  if (client.state === 'ended') return
  const { poll: held, socket, busy, queue, pending, outputs } = client
  client.poll = undefined
  client.socket = undefined
  client.busy = 0
  client.farewell = undefined
  client.clientId = undefined
  client.nextTryMs = Number.POSITIVE_INFINITY
  const left = [...[...pending.values()].map(({ request }) => request), ...queue]
  client.queue = []
  pending.clear()
  if (socket) outputs.drop(client, socket.link)
  else if (held) outputs.drop(client, held.link)
  if (busy !== 0) outputs.drop(client, busy)
  change(client, 'ended', why)
  for (const request of left) if (request.channel !== '/meta/disconnect') outputs.outcome(client, request, 'ended')
}
