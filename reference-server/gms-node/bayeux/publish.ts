import { channelName, isMeta, isService } from './channel-name.ts'
import type { Core } from './core.ts'
import { deliver } from './deliver.ts'
import { errors } from './errors.ts'
import { type BayeuxMessage, idMember } from './message.ts'
import { failure, success } from './reply.ts'
import type { Session } from './session.ts'

/** Names come from clients: an unbounded number of made-up ones must not stay. */
const mostPublished = 1000

/** On a channel that is not the protocol's own. The reply says that it was taken, never what came of it. */
export function publish(core: Core, session: Session, message: BayeuxMessage, channel: string): string {
  const known = core.published.get(channel)
  if (known) {
    known(session, message.data, channel)
    return success(channel, idMember(message))
  }
  const name = channelName(channel)
  if (name === undefined) return failure(message, errors.channelInvalid)
  const handler = serviceOf(core, name)
  if (handler) {
    if (name === channel && core.published.size < mostPublished) core.published.set(name, handler)
    handler(session, message.data, name)
    return success(channel, idMember(message))
  }
  if (isMeta(name)) return failure(message, core.texts.createDenied)
  if (!isService(name)) {
    // Nothing of this server's is broadcast; what customers broadcast would reach each other.
    if (!core.options.echo || !name.startsWith('/demo/')) return failure(message, core.texts.publishDenied)
    broadcast(core, message, name)
  }
  // BX-091: a service that nobody offers takes all the same.
  return success(channel, idMember(message))
}

function serviceOf({ services }: Core, channel: string) {
  return services.get(channel) ?? services.get(channel.slice(0, channel.lastIndexOf('/') + 1))
}

/** All that the publisher wrote except what is between it and the server (BX-082); one text for all listeners. */
function broadcast(core: Core, message: BayeuxMessage, name: string): void {
  const { clientId, id, successful, advice, ...event } = message
  const text = JSON.stringify(event)
  for (const listener of core.subscriptions.listeners(name)) deliver(core, listener, text)
}
