import { type Violation, violation } from '../../violation.ts'

/** Looks for the clientIds of all sessions that are known in what any of them is sent (BX-173). */
export interface LeakWatch {
  /** @param owner whoever the session belongs to: one client may have several after another, and hand one on. */
  learn(clientId: string, owner: unknown): void
  /** @param text as it came. */
  check(text: string, owner: unknown): Violation[]
}

/** Shorter ones could be anything. */
const likeClientId = /[A-Za-z0-9]{20,}/g

export function createLeakWatch(): LeakWatch {
  const owners = new Map<string, Set<unknown>>()
  return {
    learn(clientId, owner) {
      const known = owners.get(clientId)
      if (known) known.add(owner)
      else owners.set(clientId, new Set([owner]))
    },
    check(text, owner) {
      for (const [word] of text.matchAll(likeClientId)) {
        if (owners.get(word)?.has(owner) ?? true) continue
        const what = 'A message holds the clientId of another session'
        return [violation('BX-173', what, `${word.slice(0, 4)}…`, 'no clientId but its own')]
      }
      return []
    },
  }
}
