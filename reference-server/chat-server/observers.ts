import type { ChatEvent } from '../../protocol/chat/event.ts'
import type { AgentObserver } from '../messages.ts'
import type { Session } from './session.ts'

/**
 * Tells agents what happened, after the step that caused it: an observer that acts at once (an agent that joins, say)
 * begins a step of its own instead of cutting into this one, so notices keep the order of indexes (PUSH-035).
 */
export interface Observers {
  observe(observer: AgentObserver): () => void
  started(session: Session): void
  restored(session: Session): void
  accepted(session: Session, event: ChatEvent): void
  ended(session: Session): void
  /** Delivers what has gathered. */
  flush(): void
}

export function createObservers(): Observers {
  const observers = new Set<AgentObserver>()
  const gathered: ((observer: AgentObserver) => void)[] = []
  let isFlushing = false

  function gather(tell: (observer: AgentObserver) => void): void {
    if (observers.size > 0) gathered.push(tell)
  }

  return {
    observe(observer) {
      observers.add(observer)
      return () => observers.delete(observer)
    },
    started: ({ chatId, userData }) => gather(observer => observer.sessionStarted?.(chatId, userData)),
    restored: ({ chatId, userData }) => gather(observer => observer.sessionRestored?.(chatId, userData)),
    accepted: ({ chatId }, event) => gather(observer => observer.event?.(chatId, event)),
    ended: ({ chatId }) => gather(observer => observer.sessionEnded?.(chatId)),
    flush() {
      if (isFlushing || gathered.length === 0) return
      isFlushing = true
      try {
        for (let tell = gathered.shift(); tell; tell = gathered.shift()) for (const each of observers) tell(each)
      } finally {
        isFlushing = false
      }
    },
  }
}
