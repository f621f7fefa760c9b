import { channelName, isMeta, isService } from './channel-name.ts'
import type { Core, Taker } from './core.ts'
import { deliver } from './deliver.ts'
import { errors } from './errors.ts'
import { type BayeuxMessage, idMember } from './message.ts'
import { failure, success } from './reply.ts'
import type { Session } from './session.ts'
import { publishError } from './strict.ts'

/** Names come from clients: an unbounded number of made-up ones must not stay. */
const mostPublished = 1000

/** On a channel that is not the protocol's own. The reply says that it was taken, never what came of it. */
export function publish(core: Core, session: Session, message: BayeuxMessage, channel: string): string {
  const error = publishError(core, message)
  if (error) return failure(message, error)
  const known = core.published.get(channel)
  const name = known ? channel : channelName(channel)
  if (name === undefined) return failure(message, errors.channelInvalid)
  const take = known ?? takerOf(core, name)
  if (!take) return failure(message, isMeta(name) ? core.texts.createDenied : core.texts.publishDenied)
  if (!known && name === channel && core.published.size < mostPublished) core.published.set(name, take)
  take(core, session, message, name)
  return success(channel, idMember(message))
}

/** Who takes what is published there; undefined = nobody may. */
function takerOf({ services, options }: Core, name: string): Taker | undefined {
  const handler = services.get(name) ?? services.get(name.slice(0, name.lastIndexOf('/') + 1))
  if (handler) return (_core, session, { data }, channel) => handler(session, data, channel)
  // BX-091: a service that nobody offers takes all the same.
  if (isService(name)) return () => {}
  // Nothing of this server's is broadcast; what customers broadcast would reach each other.
  return options.echo && name.startsWith('/demo/') ? broadcast : undefined
}

/** All that the publisher wrote except what is between it and the server (BX-082); one text for all listeners. */
function broadcast(core: Core, _session: Session, message: BayeuxMessage, name: string): void {
  const { clientId, id, successful, advice, ...event } = message
  const text = JSON.stringify(event)
  for (const listener of core.subscriptions.listeners(name)) deliver(core, listener, text)
}
