// A simple agent: joins every chat shortly after its start and answers every customer message once.
import type { Chat, Party, Watcher } from './chat.ts'
import type { Desk } from './desk.ts'

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
  const pause = (chat: Chat): void => {
    const timers = presences.get(chat)?.timers
    for (const timer of timers ?? []) clearTimeout(timer)
    timers?.clear()
  }
  const answer = (chat: Chat, text: string): void => {
    desk.say(chat, agent, 'Message', { text: answerTo(text) })
  }
  const join = (chat: Chat, presence: Presence): void =>
    later(presence, JOIN_AFTER_MS, () => {
      presence.joined = true
      desk.say(chat, agent, 'ParticipantJoined')
      for (const text of presence.unanswered.splice(0)) answer(chat, text)
    })

  return {
    onEvent(chat, event) {
      if (event.index === 1) {
        const presence: Presence = { joined: false, unanswered: [], timers: new Set() }
        presences.set(chat, presence)
        join(chat, presence)
        return
      }
      if (chat.ended) {
        pause(chat)
        presences.delete(chat)
        return
      }
      const presence = presences.get(chat)
      if (event.from.type !== 'Client' || event.type !== 'Message' || presence === undefined) return
      const text = event.text ?? ''
      // Nobody speaks before having joined: an early answer waits for the join.
      later(presence, delayMs, () => (presence.joined ? answer(chat, text) : presence.unanswered.push(text)))
    },
    /** Answers that the old instance had not yet given are lost with it. */
    onAsleep: pause,
    onAwake(chat) {
      const presence = presences.get(chat)
      if (presence !== undefined && !presence.joined) join(chat, presence)
    },
    close() {
      for (const chat of presences.keys()) pause(chat)
      presences.clear()
    },
  }
}
