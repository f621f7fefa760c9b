import { type BayeuxMessage, isEvent } from '../../bayeux/message.ts'
import { type Violation, violation } from '../../violation.ts'

/** What can be said of messages that came together by themselves. */

/** What may stand beside what, and that a reply says to which request it belongs. */
export function checkPlaces(messages: readonly BayeuxMessage[]): Violation[] {
  const found: Violation[] = []
  const isShaking = messages.some(({ channel }) => channel === '/meta/handshake')
  let reply: string | undefined
  messages.forEach((message, at) => {
    const { channel, id } = message
    if (isEvent(message)) {
      if (reply === undefined || isShaking) return
      // A connect brings what waits before its own answer; everything else is answered after what it caused.
      const rule = reply === '/meta/connect' ? 'BX-047' : 'BX-100'
      found.push(violation(rule, `An event stands behind the answer on ${reply}`, channel, 'events first', `/${at}`))
      return
    }
    if (message.successful === undefined) return
    reply ??= String(channel)
    // Only a server that ends a session by itself answers nobody (BX-116).
    if (id === undefined && channel !== '/meta/disconnect')
      found.push(violation('BX-030', `An answer on ${channel} has no id`, 'none', 'the id of its request', `/${at}/id`))
  })
  if (isShaking && messages.some(isEvent))
    found.push(violation('BX-031', 'An event came with the answer to a handshake', 'an event', 'the answer alone'))
  return found
}

/** What is no reply comes on the channel on which the customer asks. */
export function checkChannels(messages: readonly BayeuxMessage[], chatChannel: string | undefined): Violation[] {
  if (chatChannel === undefined) return []
  return messages.flatMap((message, at) =>
    isEvent(message) && message.channel !== chatChannel
      ? [violation('CV2-111', 'An event came on another channel', message.channel, chatChannel, `/${at}/channel`)]
      : [],
  )
}

/** @param socket 0 = an HTTP response. */
export function noMessages(socket: number, text: string): Violation {
  const expected = 'an array of at least one message'
  return socket === 0
    ? violation('BX-003', 'The answer is no array of messages', text, expected)
    : violation('BX-142', 'A frame is no array of messages', text, expected)
}
