import { isPlanted } from '../../faults/is-planted.ts'
import type { Carrier } from './carrier.ts'
import type { Core } from './core.ts'
import type { BayeuxMessage } from './message.ts'
import type { Session } from './session.ts'

/** The session that a request acts for, by its first message. @returns undefined where 402 is the answer. */
export function sessionOf(core: Core, carrier: Carrier, { clientId }: BayeuxMessage): Session | undefined {
  const session = typeof clientId === 'string' ? core.sessions.get(clientId) : undefined
  if (!session) return undefined
  if (carrier.transport === 'websocket') return adopted(core, carrier, session)
  // BX-121, BX-124: over HTTP an id alone is not enough, since it may have been read somewhere.
  if (core.options.trustClientSession || isPlanted(core.fault, 'any-cookie')) return session
  const isOfThisKind = session.madeOver === carrier.transport || isPlanted(core.fault, 'polls-share-sessions')
  const isItsOwn = isOfThisKind && session.browser === carrier.browser
  return isItsOwn ? session : undefined
}

/** A socket goes on with any session that lives (BX-149, BX-150), but with one at a time (BX-151). */
function adopted({ fault }: Core, carrier: Carrier, session: Session): Session | undefined {
  const isTaken = carrier.session && carrier.session !== session && !carrier.session.isEnded
  if (isTaken && !isPlanted(fault, 'any-session-on-a-socket')) return undefined
  if (session.madeOver !== 'websocket' && isPlanted(fault, 'no-session-of-http-on-a-socket')) return undefined
  carrier.session = session
  return session
}
