import type { OptionReader, StoreConnection } from '../actors.ts'
import type { FaultGate } from '../faults/gate.ts'
import { isPlanted } from '../faults/is-planted.ts'
import { settings } from './environment.ts'
import { customerOf, type Session } from './session.ts'
import { factsOf, isStored, stateOf } from './stored-session.ts'

/** OPT-042: without both there is no restoration. */
export function isRestorable(options: OptionReader): boolean {
  return (
    options.text(settings, 'session-restoration-mode') === 'simple' &&
    options.text(settings, 'transcript-auto-save') !== '0'
  )
}

/**
 * Writes what a step has changed (CS-088); a session that nobody can come back to is taken out.
 * @returns false when the store failed: the next step tries again with all that it has missed.
 */
export function saveSession(
  store: StoreConnection,
  options: OptionReader,
  faults: (() => FaultGate | undefined) | undefined,
  session: Session,
): boolean {
  const { saved, chatId } = session
  if (!customerOf(session).present) {
    if (saved) store.remove(chatId)
    session.saved = undefined
    return true
  }
  if (saved && isStored(session, saved)) return true
  if (!isRestorable(options)) return true
  if (saved && isPlanted(faults, 'stored-now-and-then') && session.transcript.length % 10 > 0) return true
  if (!saved && session.transcript.length === 1 && isPlanted(faults, 'join-not-stored')) return true
  const state = stateOf(session)
  const events = session.transcript.slice(saved?.events ?? 0)
  const isWritten = store.save({ chatId, facts: saved ? undefined : factsOf(session), state, events })
  if (isWritten || isPlanted(faults, 'failed-write-forgotten')) session.saved = state
  return isWritten
}
