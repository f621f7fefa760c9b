import type { Environment } from './environment.ts'
import { makeSecureKey } from './identifiers.ts'
import type { Session } from './session.ts'

/** The key in force, or a former one within its grace (OQ-08). */
export function acceptsKey(session: Session, key: string, nowMs: number): boolean {
  if (key === session.secureKey) return true
  return session.oldKeys?.some(old => old.key === key && old.untilMs >= nowMs) ?? false
}

/** refserver rotate-secure-key=every-response; by default keys stay for the life of a session. */
export function rotateKey(environment: Environment, session: Session): void {
  if (environment.options.text('refserver', 'rotate-secure-key') !== 'every-response') return
  renewKey(environment, session)
}

/** The key so far works for `secure-key-grace` more (CS-084). */
export function renewKey(environment: Environment, session: Session): void {
  const nowMs = environment.now()
  const graceMs = environment.options.integer('refserver', 'secure-key-grace') * 1000
  const alive = session.oldKeys?.filter(old => old.untilMs >= nowMs) ?? []
  session.oldKeys = [...alive, { key: session.secureKey, untilMs: nowMs + graceMs }]
  session.secureKey = makeSecureKey(environment.random)
}
