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

/** Writes what a step has changed (CS-088); a session that nobody can come back to is taken out. */
export function saveSession(
  store: StoreConnection,
  options: OptionReader,
  faults: (() => FaultGate | undefined) | undefined,
  session: Session,
): void {
  const { saved, chatId } = session
  if (!customerOf(session).present) {
    if (saved) store.remove(chatId)
    session.saved = undefined
    return
  }
  if (saved && isStored(session, saved)) return
  if (!isRestorable(options)) return
  if (saved && isPlanted(faults, 'stored-now-and-then') && session.transcript.length % 10 > 0) return
  if (!saved && session.transcript.length === 1 && isPlanted(faults, 'join-not-stored')) return
  const state = stateOf(session)
  const events = session.transcript.slice(saved?.events ?? 0)
  session.saved = state
  store.save({ chatId, facts: saved ? undefined : factsOf(session), state, events })
}
