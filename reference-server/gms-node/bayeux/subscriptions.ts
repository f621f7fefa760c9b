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

const nobody: readonly Session[] = []

export function createSubscriptions(): Subscriptions {
  const byName = new Map<string, Set<Session>>()
  let count = 0
  /** Names that end with `*`. While there is none, who listens to a channel has named it. */
  let wildcards = 0

  function keep(name: string, session: Session): void {
    byName.set(name, new Set([session]))
    if (name.endsWith('*')) wildcards += 1
  }

  function drop(name: string): void {
    byName.delete(name)
    if (name.endsWith('*')) wildcards -= 1
  }

  /** @returns whether there was something to forget. */
  function forget(session: Session, name: string): boolean {
    const listeners = byName.get(name)
    if (!listeners?.delete(session)) return false
    if (listeners.size === 0) drop(name)
    count -= 1
    return true
  }

  return {
    add(session, name) {
      const listeners = byName.get(name)
      if (listeners?.has(session)) return
      if (listeners) listeners.add(session)
      else keep(name, session)
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
      if (wildcards === 0) return byName.get(channel) ?? nobody
      const found = subscriptionsOf(channel).flatMap(name => byName.get(name) ?? [])
      if (found.length < 2) return found[0] ?? nobody
      return new Set(found.flatMap(listeners => [...listeners]))
    },
    count: () => count,
  }
}
