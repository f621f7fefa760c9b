import type { ChatEvent } from '../protocol/chat/event.ts'
import type { StoreConnection, TranscriptStore } from './actors.ts'
import type { StoredFacts, StoredState } from './chat-server/stored-session.ts'

interface Entry {
  facts: StoredFacts
  state: StoredState
  transcript: ChatEvent[]
  owner: StoreConnection
}

/** What all Chat Servers write and any of them can go on from (CS-088). It outlives each of them, not the process. */
export function createTranscriptStore(): TranscriptStore {
  const entries = new Map<string, Entry>()
  let isFailing = false

  return {
    size: () => entries.size,
    fail(fails) {
      isFailing = fails
    },
    open() {
      let isOpen = true
      const connection: StoreConnection = {
        isOpen: () => isOpen,
        isFailing: () => isFailing,
        save({ chatId, facts, state, events }) {
          if (!isOpen || isFailing) return false
          const entry = entries.get(chatId)
          if (entry) {
            entry.state = state
            entry.owner = connection
            entry.transcript.push(...events)
          } else if (facts) entries.set(chatId, { facts, state, transcript: [...events], owner: connection })
          return true
        },
        remove(chatId) {
          if (isOpen) entries.delete(chatId)
        },
        find(chatId) {
          const entry = entries.get(chatId)
          if (!entry) return undefined
          const { facts, state, transcript, owner } = entry
          return { facts, state, transcript: transcript.slice(), isOwned: owner !== connection && owner.isOpen() }
        },
        close() {
          isOpen = false
        },
      }
      return connection
    },
  }
}
