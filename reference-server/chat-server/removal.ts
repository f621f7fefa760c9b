import { isPlanted } from '../faults/is-planted.ts'
import { silencesPushes } from './comet/comet-line.ts'
import type { Environment } from './environment.ts'
import { pushRemoval } from './push-event.ts'
import { agentIsPresent, customerOf, type Party, type QuitReason, type Session } from './session.ts'
import { append } from './transcript.ts'

/**
 * The customer leaves or is removed. The subscription ends with it (CS-046), the session only when no agent is left
 * (CS-011, CS-012).
 */
export function removeCustomer(environment: Environment, session: Session, reason: QuitReason, closes = false): void {
  const customer = customerOf(session)
  if (!customer.present) return
  customer.present = false
  const { push } = session
  if (!isPlanted(environment.faults, 'push-after-removal')) session.push = undefined
  session.lifeState = 'REMOVED'
  session.lifeAtMs = 0
  session.resendAtMs = 0
  // The removal is the last event that the CometD session gets.
  const isSilent = silencesPushes(session)
  const isLast = closes || !isHeld(environment, session)
  session.over = session.over || isLast
  const event = append(environment, session, customer, left(reason))
  session.leftReason = reason
  session.leftIndex = event.index
  // After 0, 3 and 6 every request is fatal at once (CS-001 ff.).
  session.restIsOwed =
    reason === 4 ||
    reason === 5 ||
    reason === 7 ||
    (reason === 3 && isPlanted(environment.faults, 'rest-after-silence'))
  // Being removed is not own activity; leaving is (OQ-27).
  if (push && !isSilent && (reason !== 0 || push.notifyRequestor)) {
    session.push = push
    pushRemoval(environment, session, event, isLast)
    if (!isPlanted(environment.faults, 'push-after-removal')) session.push = undefined
  }
  if (isLast) end(environment, session)
}

/** By an agent, without its customer (CS-011, CS-012). */
function isHeld({ faults }: Environment, session: Session): boolean {
  if (isPlanted(faults, 'session-ends-with-customer')) return false
  if (isPlanted(faults, 'bot-holds-session')) return session.parties.some(party => party.present)
  return agentIsPresent(session)
}

/** An agent, supervisor or bot leaves (reason 0) or is removed by another party (reason 4). */
export function removeParty(environment: Environment, session: Session, party: Party, reason: QuitReason): void {
  if (!party.present) return
  party.present = false
  append(environment, session, party, left(reason))
  if (isPlanted(environment.faults, 'session-outlives-everybody')) return
  if (isPlanted(environment.faults, 'session-ends-with-last-agent') && !agentIsPresent(session))
    closeSession(environment, session, 4)
  // Without customer the session lived for its agents; with one it stays open for a transfer (CS-012, CS-014).
  const isHeldByAgent = agentIsPresent(session) && !isPlanted(environment.faults, 'session-ends-with-first-agent')
  if (!customerOf(session).present && !isHeldByAgent && !session.over) {
    session.over = true
    end(environment, session)
  }
}

/** Closed from the other side: the customer goes in the next index (CS-013), the rest without events of their own. */
export function closeSession(environment: Environment, session: Session, reason: QuitReason): void {
  if (session.over) return
  if (customerOf(session).present) removeCustomer(environment, session, reason, true)
  else {
    session.over = true
    end(environment, session)
  }
}

export function left(reason: QuitReason) {
  return { type: 'ParticipantLeft' as const, userData: { 'quit-reason-code': String(reason) } }
}

function end(environment: Environment, session: Session): void {
  for (const party of session.parties) party.present = false
  session.idleAtMs = 0
  environment.ended(session)
}
