import { type BayeuxClient, change, type Link, nextId } from './client.ts'
import { end, interrupt, loseLink, tryNow } from './connection.ts'
import type { BayeuxMessage } from './message.ts'
import { enqueue, flush, forget } from './outbox.ts'
import { receive } from './replies.ts'

/** Everything that a client is told comes in here; `nowMs` never goes back. What it wants done goes to its outputs. */

export function start(client: BayeuxClient, nowMs: number): void {
  if (client.state !== 'idle') return
  work(client, nowMs, () => {
    client.nextTryMs = nowMs
    change(client, 'handshaking')
  })
}

/** @returns the id under which the outcome is told; what cannot be sent yet waits for the session. */
export function publish(client: BayeuxClient, nowMs: number, channel: string, data: unknown): string {
  return ask(client, nowMs, { channel, data })
}

/** Also repeated in each new session. */
export function subscribe(client: BayeuxClient, nowMs: number, subscription: string): string {
  client.subscriptions.add(subscription)
  return ask(client, nowMs, { channel: '/meta/subscribe', subscription })
}

export function unsubscribe(client: BayeuxClient, nowMs: number, subscription: string): string {
  client.subscriptions.delete(subscription)
  return ask(client, nowMs, { channel: '/meta/unsubscribe', subscription })
}

function ask(client: BayeuxClient, nowMs: number, message: BayeuxMessage): string {
  if (client.state !== 'ended' && client.state !== 'leaving') return work(client, nowMs, () => enqueue(client, message))
  const id = nextId(client)
  client.outputs.outcome(client, { ...message, id }, 'ended')
  return id
}

/** What `task` sends goes out together. */
export function batch(client: BayeuxClient, nowMs: number, task: () => void): void {
  work(client, nowMs, task)
}

/** Ends the session politely: after what waits, and as far as there is a way to the server. */
export function leave(client: BayeuxClient, nowMs: number): void {
  if (client.state === 'ended' || client.state === 'leaving') return
  work(client, nowMs, () => {
    if (client.state !== 'connecting' && client.state !== 'connected') return void end(client, 'left')
    client.nextTryMs = Number.POSITIVE_INFINITY
    const id = enqueue(client, { channel: '/meta/disconnect' })
    client.farewell = { id, isAnswered: false, deadlineMs: nowMs + client.settings.networkDelayMs }
    change(client, 'leaving')
  })
}

/** The WebSocket is open. */
export function opened(client: BayeuxClient, nowMs: number, link: Link): void {
  const { socket } = client
  if (socket?.link !== link || socket.isOpen) return
  work(client, nowMs, () => {
    socket.isOpen = true
    client.nextTryMs = nowMs
  })
}

/** A frame, or the answer to the HTTP request `link`: nothing more follows on that one. */
export function received(client: BayeuxClient, nowMs: number, link: Link, messages: readonly BayeuxMessage[]): void {
  work(client, nowMs, () => {
    for (const message of messages) receive(client, message, nowMs)
    if (client.settings.transport === 'websocket') return
    // What came is no answer to what was asked.
    if (client.poll?.link === link) interrupt(client, nowMs, 'the answer does not fit the request')
    if (client.busy !== link) return
    client.busy = 0
    forget(client, link, 'unanswered')
  })
}

/** The WebSocket was closed or did not open, or the HTTP request failed or was not answered with messages. */
export function lost(client: BayeuxClient, nowMs: number, link: Link, why: string): void {
  work(client, nowMs, () => loseLink(client, link, nowMs, why))
}

/** It is as late as the client asked for, or later; to come more often does no harm. */
export function wake(client: BayeuxClient, nowMs: number): void {
  if (nowMs >= client.wakeMs) client.wakeMs = Number.POSITIVE_INFINITY
  work(client, nowMs, () => giveUpOverdue(client, nowMs))
}

function giveUpOverdue(client: BayeuxClient, nowMs: number): void {
  const { poll, socket, farewell } = client
  if (farewell && nowMs >= farewell.deadlineMs) return void end(client, 'left without an answer')
  if (socket && !socket.isOpen && nowMs >= socket.deadlineMs) drop(client, socket.link, nowMs, 'not opened in time')
  if (poll && poll === client.poll && nowMs >= poll.deadlineMs)
    drop(client, poll.link, nowMs, `${poll.request.channel} is not answered`)
  for (const [id, { request, link, deadlineMs }] of client.pending) {
    if (nowMs < deadlineMs) continue
    client.pending.delete(id)
    client.outputs.outcome(client, request, 'unanswered')
    drop(client, link, nowMs, `${request.channel} is not answered`)
  }
}

/** A WebSocket that leaves something unanswered is taken for dead. */
function drop(client: BayeuxClient, link: Link, nowMs: number, why: string): void {
  if (client.socket?.link !== link && client.poll?.link !== link && client.busy !== link) return
  client.outputs.drop(client, link)
  loseLink(client, link, nowMs, why)
}

/** Sends what came of an input only when all of it is known, also of one that an output caused. */
function work<T>(client: BayeuxClient, nowMs: number, task: () => T): T {
  client.depth += 1
  try {
    return task()
  } finally {
    client.depth -= 1
    if (client.depth === 0) settle(client, nowMs)
  }
}

function settle(client: BayeuxClient, nowMs: number): void {
  client.depth += 1
  flush(client, nowMs)
  if (nowMs >= client.nextTryMs) tryNow(client, nowMs)
  if (client.farewell?.isAnswered && !client.poll) end(client, 'left')
  client.depth -= 1
  const dueMs = nextDeadline(client)
  if (dueMs >= client.wakeMs) return
  client.wakeMs = dueMs
  client.outputs.wakeAt(client, dueMs)
}

function nextDeadline({ nextTryMs, poll, socket, farewell, pending }: BayeuxClient): number {
  let dueMs = Math.min(nextTryMs, poll?.deadlineMs ?? Number.POSITIVE_INFINITY)
  if (socket && !socket.isOpen) dueMs = Math.min(dueMs, socket.deadlineMs)
  if (farewell) dueMs = Math.min(dueMs, farewell.deadlineMs)
  for (const { deadlineMs } of pending.values()) dueMs = Math.min(dueMs, deadlineMs)
  return dueMs
}
