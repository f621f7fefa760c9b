import type { Session } from './session.ts'

/** The newest ended sessions stay whole, so that agents can still look at them. */
const shownCount = 100
/** How many clients may still owe themselves the rest of a transcript (CV2-108) before the oldest loses it. */
const owedCount = 10_000

/** Sessions after their end: whole while needed, then gone; a gone session is refused like an unknown one (OQ-10). */
export interface EndedSessions {
  readonly size: number
  add(session: Session): void
  get(chatId: string): Session | undefined
  /** The customer has seen the rest. */
  release(session: Session): void
}

export function createEndedSessions(): EndedSessions {
  // Both in order of their end; a session is in exactly one.
  const shown = new Map<string, Session>()
  const owed = new Map<string, Session>()

  function dropOldest(map: Map<string, Session>, most: number): Session | undefined {
    if (map.size <= most) return undefined
    const [chatId, session] = map.entries().next().value!
    map.delete(chatId)
    return session
  }

  return {
    get size() {
      return shown.size + owed.size
    },
    add(session) {
      shown.set(session.chatId, session)
      const oldest = dropOldest(shown, shownCount)
      if (!oldest?.restIsOwed) return
      owed.set(oldest.chatId, oldest)
      dropOldest(owed, owedCount)
    },
    get: chatId => shown.get(chatId) ?? owed.get(chatId),
    release: session => void owed.delete(session.chatId),
  }
}
