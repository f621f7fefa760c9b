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
  /** Of all sessions together. */
  count(): number
}

export function createSubscriptions(): Subscriptions {
  const byName = new Map<string, Set<Session>>()
  let count = 0

  /** @returns whether there was something to forget. */
  function forget(session: Session, name: string): boolean {
    const listeners = byName.get(name)
    if (!listeners?.delete(session)) return false
    if (listeners.size === 0) byName.delete(name)
    count -= 1
    return true
  }

  return {
    add(session, name) {
      const listeners = byName.get(name)
      if (listeners?.has(session)) return
      if (listeners) listeners.add(session)
      else byName.set(name, new Set([session]))
      session.subscriptions ??= []
      session.subscriptions.push(name)
      count += 1
    },
    remove(session, name) {
      // What a client unsubscribes from without need costs no walk through all that it has.
      if (!forget(session, name)) return
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
    count: () => count,
  }
}
