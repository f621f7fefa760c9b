import { subscriptionsOf } from './channel-name.ts'
import type { Session } from './session.ts'

/** Who listens to what. */
export interface Subscriptions {
  add(session: Session, name: string): void
  remove(session: Session, name: string): void
  /** The session is gone. */
  removeAll(session: Session): void
  /** Each session that one of its subscriptions brings here, once (BX-064). */
  listeners(channel: string): Iterable<Session>
}

export function createSubscriptions(): Subscriptions {
  const byName = new Map<string, Set<Session>>()

  function forget(session: Session, name: string): void {
    const listeners = byName.get(name)
    listeners?.delete(session)
    if (listeners?.size === 0) byName.delete(name)
  }

  return {
    add(session, name) {
      const listeners = byName.get(name)
      if (listeners?.has(session)) return
      if (listeners) listeners.add(session)
      else byName.set(name, new Set([session]))
      session.subscriptions ??= []
      session.subscriptions.push(name)
    },
    remove(session, name) {
      forget(session, name)
      session.subscriptions = session.subscriptions?.filter(each => each !== name)
    },
    removeAll(session) {
      for (const name of session.subscriptions ?? []) forget(session, name)
      session.subscriptions = undefined
    },
    listeners(channel) {
      const found = subscriptionsOf(channel).flatMap(name => byName.get(name) ?? [])
      if (found.length < 2) return found[0] ?? []
      return new Set(found.flatMap(listeners => [...listeners]))
    },
  }
}
