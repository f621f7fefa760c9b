import { adviceMember } from './advice.ts'
import { transportNames } from './bayeux-options.ts'
import type { Carrier } from './carrier.ts'
import type { Core } from './core.ts'
import { extOf, withExt } from './ext.ts'
import { letGo } from './hold-connect.ts'
import { type BayeuxMessage, idMember } from './message.ts'
import { adviseNone, failure } from './reply.ts'
import { newSession } from './session.ts'
import { expectConnect } from './session-life.ts'
import { handshakeError } from './strict.ts'
import { readTimesync, timesyncMember } from './timesync.ts'

/**
 * Always a new session, whatever clientId or cookie came (BX-029). Version and connection types are the client's to judge,
 * as with CometD (BX-024, BX-025), unless the server is strict.
 */
export function handshake(core: Core, message: BayeuxMessage, carrier: Carrier): string {
  const { options, sessions, random, log } = core
  if (sessions.size >= options.maxSessions) {
    log.warn('CometD handshake denied: too many sessions', { sessions: sessions.size })
    return failure(message, core.texts.handshakeDenied, adviseNone)
  }
  const types = JSON.stringify(transportNames.filter(name => options.allowedTransports.includes(name)))
  const error = handshakeError(core, message)
  if (error) return failure(message, error, `,"version":"1.0","supportedConnectionTypes":${types}${adviseNone}`)
  detach(core, carrier)
  if (carrier.transport !== 'websocket' && carrier.browser === '') carrier.browser = random.hex(10)
  // More than the 128 random bits that are asked for (BX-021).
  const session = newSession(random.hex(17), carrier.transport, withoutHeader(carrier.browser))
  sessions.set(session.clientId, session)
  carrier.session = session
  expectConnect(core, session)
  const advice = adviceMember(core, session, carrier.transport)
  const isAcknowledging = options.acknowledgement && extOf(message, 'ack') === true
  if (isAcknowledging) session.ack = { batch: 0, sent: [] }
  const reply =
    `{"minimumVersion":"1.0","clientId":"${session.clientId}","supportedConnectionTypes":${types}${advice},` +
    `"channel":"/meta/handshake"${idMember(message)},"version":"1.0","successful":true}`
  const nowMs = core.clock.now()
  const sync = options.timesync ? timesyncMember(readTimesync(message, nowMs), nowMs) : ''
  return withExt(reply, isAcknowledging ? '"ack":true' : '', sync)
}

/** A copy: what was cut out of a header keeps all of it in memory, and the session lives longer. */
function withoutHeader(value: string): string {
  return Buffer.from(value, 'latin1').toString('latin1')
}

/** A WebSocket carries one session: the one before lives on without it. */
function detach(core: Core, carrier: Carrier): void {
  const before = carrier.session
  if (before?.held !== carrier) return
  letGo(core, before)
  expectConnect(core, before)
}
