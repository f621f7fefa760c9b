import type { Carrier } from './carrier.ts'
import type { Core } from './core.ts'
import { letGo, releaseForEver } from './hold-connect.ts'
import { type BayeuxMessage, idMember } from './message.ts'
import { drain, enqueue } from './queue.ts'
import { adviseNone, failure, success } from './reply.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'
import { end, expectConnect, forget } from './session-life.ts'

/** Without an id: nobody has asked for it. */
const farewell = '{"channel":"/meta/disconnect","successful":true}'

/**
 * The server ends a session by itself (BX-116): its client hears so with the held connect, behind what waits for it.
 * Without one it is told when it comes the next time, if it comes before its session would have expired.
 */
export function dismiss(core: Core, session: Session): void {
  enqueue(core, session, [farewell])
  if (session.held?.isOpen()) {
    releaseForEver(core, session)
    forget(core, session, 'dismissed')
    return
  }
  letGo(core, session)
  expectConnect(core, session)
  end(core, session, 'dismissed')
}

/** Nothing that it asks for is done any more. */
export function sayFarewell(
  core: Core,
  carrier: Carrier,
  session: Session,
  messages: readonly BayeuxMessage[],
): undefined {
  const isConnect = messages.some(({ channel }) => channel === '/meta/connect')
  const replies = messages.map(message =>
    message.channel === '/meta/connect'
      ? success('/meta/connect', idMember(message), adviseNone)
      : failure(message, core.texts.unknownSession),
  )
  // BX-134: what else waits would come with a connect only, and none follows.
  const isLast = isConnect || carrier.transport !== 'callback-polling'
  send(core, carrier, session, isLast ? drain(core, session) : [farewell], replies)
  forget(core, session, 'dismissed')
}
