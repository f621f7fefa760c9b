import { channelName, isMeta, isService } from './channel-name.ts'
import type { Core } from './core.ts'
import { errors } from './errors.ts'
import { type BayeuxMessage, idMember } from './message.ts'
import { failure, success } from './reply.ts'
import type { Session } from './session.ts'

const metaChannels = new Set(['handshake', 'connect', 'subscribe', 'unsubscribe', 'disconnect'].map(n => `/meta/${n}`))
/** Bounds on what one client, and all of them, can make the server keep. */
const mostSubscriptions = 1000
const mostSubscriptionsInTotal = 1_000_000

/** From left to right; what was subscribed before the first refused entry stays (BX-069). */
export function subscribe(core: Core, session: Session, message: BayeuxMessage): string {
  return change(message, '/meta/subscribe', name => {
    if (isMeta(name)) return metaChannels.has(name) ? errors.subscribeDenied : errors.subscribeCreateDenied
    // Accepted without effect: clients do it to get a listener of their own (BX-068).
    if (isService(name)) return undefined
    const isFull = (session.subscriptions?.length ?? 0) >= mostSubscriptions
    if (isFull || core.subscriptions.count() >= mostSubscriptionsInTotal) return errors.tooManySubscriptions
    core.subscriptions.add(session, name)
    return undefined
  })
}

/** Of whatever legal channel, since channels come and go with their listeners (BX-073). */
export function unsubscribe(core: Core, session: Session, message: BayeuxMessage): string {
  return change(message, '/meta/unsubscribe', name => {
    core.subscriptions.remove(session, name)
    return undefined
  })
}

/** @param apply to each name; @returns why it is refused. */
function change(message: BayeuxMessage, channel: string, apply: (name: string) => string | undefined): string {
  const { subscription } = message
  if (subscription === undefined || subscription === null) return failure(message, errors.subscriptionMissing)
  const names: unknown[] = Array.isArray(subscription) ? subscription : [subscription]
  // BX-070.
  if (names.length === 0) return failure(message, errors.subscriptionInvalid)
  for (const each of names) {
    const name = typeof each === 'string' ? channelName(each) : undefined
    const error = name === undefined ? errors.subscriptionInvalid : apply(name)
    if (error !== undefined) return failure(message, error)
  }
  return success(channel, idMember(message), `,"subscription":${JSON.stringify(subscription)}`)
}
