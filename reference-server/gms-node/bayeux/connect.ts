import { acknowledge } from './acknowledgement.ts'
import { adviceMember } from './advice.ts'
import type { Carrier } from './carrier.ts'
import type { Core } from './core.ts'
import { hold, isCrowded, replyToConnect, supersede } from './hold-connect.ts'
import { advised, type BayeuxMessage, idMember } from './message.ts'
import { adviseNone, failure } from './reply.ts'
import type { Session } from './session.ts'
import { expectConnect } from './session-life.ts'
import { connectError } from './strict.ts'
import { readTimesync } from './timesync.ts'

/** @returns its reply, undefined when it is held. `isAlone`: no other message came with it. */
export function connect(
  core: Core,
  session: Session,
  message: BayeuxMessage,
  carrier: Carrier,
  isAlone: boolean,
): string | undefined {
  const error = connectError(core, message)
  if (error) return failure(message, error)
  supersede(core, session)
  const wasConnected = session.isConnected
  session.isConnected = true
  session.ownIntervalMs = advised(message, 'interval') ?? -1
  session.heldId = idMember(message)
  session.heldSync = core.options.timesync ? readTimesync(message, core.clock.now()) : undefined
  acknowledge(core, session, message)
  // BX-042, BX-045: who gives advice gets some, and so does who changed the transport.
  session.isAdviceDue = message.advice !== undefined || session.advisedOver !== carrier.transport
  const timeoutMs = advised(message, 'timeout') ?? core.options.timeoutMs
  const isOverHttp = carrier.transport !== 'websocket'
  const hasEvents = session.queue !== undefined
  // BX-040, BX-042, BX-047, BX-049: nothing to wait for. On a WebSocket what waits goes beside the held connect.
  const isDue = isOverHttp ? !isAlone || hasEvents : hasEvents && session.ack !== undefined
  const isHeld = wasConnected && timeoutMs > 0 && !isDue
  if (isHeld && isOverHttp && isCrowded(core, session)) return crowded(core, session, message)
  if (isHeld) {
    hold(core, session, carrier, timeoutMs)
    return undefined
  }
  expectConnect(core, session)
  return replyToConnect(core, session, session.isAdviceDue ? adviceMember(core, session, carrier.transport) : '')
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
  return replyToConnect(core, session, advice)
}
