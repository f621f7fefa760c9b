// A simple agent: joins every chat shortly after its start and answers every customer message once.
import type { Chat, Desk, Party, Watcher } from './desk.ts'

const JOIN_AFTER_MS = 200

const answerTo = (text: string): string => {
  if (text.startsWith('cg/')) return 'ok, noted'
  const quoted = text.length > 60 ? `${text.slice(0, 60)}...` : text
  return `Thank you. I read: ${quoted}`
}

type Presence = { joined: boolean; unanswered: string[]; timers: Set<NodeJS.Timeout> }

export function createAgent(desk: Desk, delayMs: number): Watcher & { close(): void } {
  const agent: Party = { nickname: 'Robin', participantId: 2, type: 'Agent' }
  const presences = new Map<Chat, Presence>()

  const later = (presence: Presence, ms: number, act: () => void): void => {
    const timer = setTimeout(() => {
      presence.timers.delete(timer)
      act()
    }, ms)
    presence.timers.add(timer)
  }
  const leave = (chat: Chat): void => {
    for (const timer of presences.get(chat)?.timers ?? []) clearTimeout(timer)
    presences.delete(chat)
  }
  const answer = (chat: Chat, text: string): void => {
    desk.say(chat, agent, 'Message', { text: answerTo(text) })
  }

  return {
    onEvent(chat, event) {
      if (event.from !== chat.customer) return
      if (chat.ended) return leave(chat)
      if (event.index === 1) {
        const presence: Presence = { joined: false, unanswered: [], timers: new Set() }
        presences.set(chat, presence)
        later(presence, JOIN_AFTER_MS, () => {
          presence.joined = true
          desk.say(chat, agent, 'ParticipantJoined')
          for (const text of presence.unanswered.splice(0)) answer(chat, text)
        })
        return
      }
      const presence = presences.get(chat)
      if (event.type !== 'Message' || presence === undefined) return
      const text = event.text ?? ''
      // Nobody speaks before having joined: an early answer waits for the join.
      later(presence, delayMs, () => (presence.joined ? answer(chat, text) : presence.unanswered.push(text)))
    },
    close() {
      for (const chat of [...presences.keys()]) leave(chat)
    },
  }
}
