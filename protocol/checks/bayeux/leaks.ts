import { type Violation, violation } from '../../violation.ts'

/** Looks for the clientIds of all sessions that are known in what any of them is sent (BX-173). */
export interface LeakWatch {
  /** @param owner whoever the session belongs to: one client may have several after another, and hand one on. */
  learn(clientId: string, owner: unknown): void
  isKnown(clientId: string): boolean
  /** Nothing of it comes any more. */
  forget(owner: unknown): void
  /** @param text as it came. */
  check(text: string, owner: unknown): Violation[]
}

/** Shorter ones could be anything. */
const likeClientId = /[A-Za-z0-9]{20,}/g

export function createLeakWatch(): LeakWatch {
  const owners = new Map<string, Set<unknown>>()
  const idsOf = new Map<unknown, string[]>()
  return {
    isKnown: clientId => owners.has(clientId),
    forget(owner) {
      for (const clientId of idsOf.get(owner) ?? []) {
        const known = owners.get(clientId)
        known?.delete(owner)
        if (known?.size === 0) owners.delete(clientId)
      }
      idsOf.delete(owner)
    },
    learn(clientId, owner) {
      const known = owners.get(clientId)
      if (known) known.add(owner)
      else owners.set(clientId, new Set([owner]))
      const own = idsOf.get(owner)
      if (own) own.push(clientId)
      else idsOf.set(owner, [clientId])
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
