import { isPlanted } from '../../faults/is-planted.ts'
import type { Core, EndReason } from './core.ts'
import { drain, uncount } from './queue.ts'
import type { Session } from './session.ts'

/** A connect or handshake was answered: the session lives until interval + maxInterval from now (A8). */
export function expectConnect(core: Core, session: Session, intervalMs = intervalOf(core, session)): void {
  session.expiresAtMs = core.clock.now() + intervalMs + maxIntervalMs(core)
  wakeAt(core, session, session.expiresAtMs)
}

function maxIntervalMs({ options, fault }: Core): number {
  if (isPlanted(fault, 'session-expires-early')) return options.maxIntervalMs / 4
  return isPlanted(fault, 'session-never-expires') ? options.maxIntervalMs * 100 : options.maxIntervalMs
}

export function intervalOf({ options }: Core, { ownIntervalMs }: Session): number {
  return ownIntervalMs >= 0 ? ownIntervalMs : options.intervalMs
}

/**
 * Any other message of it: alive for at least maxInterval (BX-114). The heap entry may stay too early, it is put right
 * when it is due; so a message costs no more than this.
 */
export function showLife(core: Core, session: Session): void {
  const atLeastMs = core.clock.now() + core.options.maxIntervalMs
  if (session.expiresAtMs < atLeastMs) session.expiresAtMs = atLeastMs
}

export function wakeAt(core: Core, session: Session, atMs: number): void {
  // A later deadline is found when the earlier entry is due.
  if (session.heapIndex >= 0 && session.queuedForMs <= atMs) return
  core.deadlines.put(session, atMs)
  core.arm()
}

/** Nothing of it is kept (BX-117); its connect has been answered, or nobody is there to be answered. */
export function forget(core: Core, session: Session, reason: EndReason): void {
  drain(core, session)
  uncount(core, session)
  core.sessions.delete(session.clientId)
  core.deadlines.remove(session)
  end(core, session, reason)
}

/** It gets and does nothing any more; what waits for it is kept until it is forgotten. */
export function end(core: Core, session: Session, reason: EndReason): void {
  if (session.isEnded) return
  session.isEnded = true
  session.ack = undefined
  core.subscriptions.removeAll(session)
  for (const listener of core.ended) listener(session, reason)
}
