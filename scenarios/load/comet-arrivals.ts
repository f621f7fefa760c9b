import type { Link } from '../../protocol/bayeux/client.ts'
import type { BayeuxMessage } from '../../protocol/bayeux/message.ts'
import { askedText } from '../../protocol/stream/bayeux-arrival.ts'
import type { ShardRow } from '../../protocol/stream/shard-stream.ts'
import { rowOf } from './answer.ts'
import type { CometCustomer } from './comet-customer.ts'

/** What customers ask and what comes, for the collector, which holds every message against its schema and its request. */

export function noteAsked({ untold }: CometCustomer, link: Link, messages: readonly BayeuxMessage[]): void {
  const asked = askedText(messages)
  const known = untold.find(each => each.link === link)
  if (known) known.asked += `,${asked}`
  else untold.push({ link, asked })
}

/** Nothing comes on this connection any more. */
export function forgetAsked({ untold }: CometCustomer, link: Link): void {
  const at = untold.findIndex(each => each.link === link)
  if (at >= 0) untold.splice(at, 1)
}

export function takeAsked(customer: CometCustomer, link: Link): string {
  const asked = customer.untold.find(each => each.link === link)?.asked ?? ''
  forgetAsked(customer, link)
  return asked
}

/**
 * A lone event of the chat with nothing but its data: nothing of the message itself can be wrong, and its data is looked at
 * with the answer or the notification that it is. Over a WebSocket most are.
 */
export function isPlainEvent(messages: readonly BayeuxMessage[], chatChannel: string): boolean {
  const [message] = messages
  if (messages.length !== 1 || message!.channel !== chatChannel) return false
  for (const member in message) if (member !== 'channel' && member !== 'data') return false
  return message!.data !== undefined
}

/** @param socket number of the WebSocket, 0 = an HTTP response. */
export function arrivalRow(customer: CometCustomer, socket: number, sentMs: number, atMs: number): ShardRow {
  const row = rowOf(customer.session.plan.session, 'arrival', atMs, atMs)
  row.status = 200
  row.sent = sentMs
  row.answered = atMs
  customer.arrivals += 1
  row.position = customer.arrivals
  row.sequence = socket
  return row
}
