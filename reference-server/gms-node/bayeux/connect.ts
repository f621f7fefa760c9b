import { adviceMember } from './advice.ts'
import type { Carrier } from './carrier.ts'
import type { Core } from './core.ts'
import { hold, isCrowded, supersede } from './hold-connect.ts'
import { advised, type BayeuxMessage, idMember } from './message.ts'
import { adviseNone, connectReply, failure, success } from './reply.ts'
import type { Session } from './session.ts'
import { expectConnect } from './session-life.ts'

/** @returns its reply, undefined when it is held. `isAlone`: no other message came with it. */
export function connect(
  core: Core,
  session: Session,
  message: BayeuxMessage,
  carrier: Carrier,
  isAlone: boolean,
): string | undefined {
  supersede(core, session)
  const wasConnected = session.isConnected
  session.isConnected = true
  session.ownIntervalMs = advised(message, 'interval') ?? -1
  session.heldId = idMember(message)
  // BX-042, BX-045: who gives advice gets some, and so does who changed the transport.
  session.isAdviceDue = message.advice !== undefined || session.advisedOver !== carrier.transport
  const timeoutMs = advised(message, 'timeout') ?? core.options.timeoutMs
  const isOverHttp = carrier.transport !== 'websocket'
  // BX-040, BX-042, BX-047, BX-049: nothing to wait for. On a WebSocket what waits goes beside the held connect.
  const isHeld = wasConnected && timeoutMs > 0 && !(isOverHttp && (!isAlone || session.queue !== undefined))
  if (isHeld && isOverHttp && isCrowded(core, session)) return crowded(core, session, message)
  if (isHeld) {
    hold(core, session, carrier, timeoutMs)
    return undefined
  }
  expectConnect(core, session)
  return connectReply(session.heldId, session.isAdviceDue ? adviceMember(core, session, carrier.transport) : '')
}

/** BX-123. The advice in force is told anew as soon as there is room. */
function crowded(core: Core, session: Session, message: BayeuxMessage): string {
  const { multiSessionIntervalMs } = core.options
  session.advisedOver = undefined
  if (multiSessionIntervalMs <= 0) {
    expectConnect(core, session)
    return failure(message, '403:multiple_clients:connect_denied', adviseNone)
  }
  expectConnect(core, session, multiSessionIntervalMs)
  const advice = `,"advice":{"interval":${multiSessionIntervalMs},"reconnect":"retry","multiple-clients":true}`
  return success('/meta/connect', session.heldId, advice)
}
