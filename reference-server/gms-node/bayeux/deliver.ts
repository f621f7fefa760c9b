import type { Carrier } from './carrier.ts'
import type { Core } from './core.ts'
import { letGo, release } from './hold-connect.ts'
import { drain, enqueue, isOverfull } from './queue.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'
import { expectConnect, forget } from './session-life.ts'

/** Queues a message, as JSON text, and sends what can be sent. Does nothing to a session that has ended. */
export function deliver(core: Core, session: Session, text: string): void {
  if (session.isEnded) return
  enqueue(core, session, [text])
  flush(core, session)
  if (isOverfull(core, session)) overflow(core, session, 'too much waits for it')
}

/**
 * Takes what waits to the held connect: on a WebSocket it goes beside it (BX-143), over HTTP it ends it (BX-046). Without
 * a held connect it goes with the next answer (BX-094).
 */
export function flush(core: Core, session: Session): void {
  const carrier = session.held
  if (!carrier || session.isBatching || session.queue === undefined) return
  if (!carrier.isOpen()) {
    // BX-115, V1-051: only now it shows that nobody is there, and the session waits for its client no longer than usual.
    letGo(core, session)
    expectConnect(core, session)
  } else if (carrier.transport === 'websocket' && !session.ack) {
    send(core, carrier, session, drain(core, session), [])
    endIfBlocked(core, carrier, session)
  } else release(core, session)
}

/** A client that takes nothing of what is sent to it, answers to what it asks itself included. */
export function endIfBlocked(core: Core, carrier: Carrier, session: Session | undefined): void {
  if (carrier.unsentBytes() <= core.options.maxQueueBytes) return
  if (session && !session.isEnded) overflow(core, session, 'its client takes nothing')
  else core.log.warn('CometD socket closed: its client takes nothing')
  carrier.fail()
}

/** Its client begins anew, with a handshake; what it has missed is for the service to tell. */
function overflow(core: Core, session: Session, why: string): void {
  core.log.warn(`CometD session closed: ${why}`, {
    transport: session.held?.transport ?? session.madeOver,
    messages: session.queue?.length ?? 0,
  })
  const carrier = session.held
  letGo(core, session)
  forget(core, session, 'queue limit')
  carrier?.fail()
}
