import {
  isBayeuxConnectReply,
  isBayeuxDisconnectReply,
  isBayeuxEvent,
  isBayeuxHandshakeReply,
  isBayeuxPublishReply,
  isBayeuxRequest,
  isBayeuxSubscriptionReply,
} from '../../../schemas/generated/validators.js'
import { type BayeuxMessage, isMeta } from '../../bayeux/message.ts'
import { type Violation, violation } from '../../violation.ts'
import { violationsOf } from '../schema-violation.ts'

/** What we send ourselves is held to more than a server has to take. */
export function checkRequest(message: BayeuxMessage): Violation[] {
  return violationsOf(isBayeuxRequest, message)
}

export function checkReceived(message: BayeuxMessage): Violation[] {
  return violationsOf(guardOf(message), message)
}

function guardOf({ channel, successful }: BayeuxMessage) {
  switch (channel) {
    case '/meta/handshake':
      return isBayeuxHandshakeReply
    case '/meta/connect':
      return isBayeuxConnectReply
    case '/meta/disconnect':
      return isBayeuxDisconnectReply
    case '/meta/subscribe':
    case '/meta/unsubscribe':
      return isBayeuxSubscriptionReply
    default:
      return successful === undefined && !isMeta(channel) ? isBayeuxEvent : isBayeuxPublishReply
  }
}

/** The exact form of errors, which a peer of another make need not have: the edge of BX-172. */
export function checkErrorForm({ successful, error }: BayeuxMessage): Violation[] {
  if (successful === true && error !== undefined)
    return [violation('BX-172', 'A successful answer has an error', error, 'no member error', '/error')]
  if (typeof error !== 'string' || /^\d{3}:[^:]*:/.test(error)) return []
  return [violation('BX-172', 'The error is not in the documented form', error, 'code:args:text', '/error')]
}
