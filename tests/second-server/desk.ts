// The Chat Server side: live chats, their participants and transcripts. Knows nothing of HTTP.
import { randomBytes } from 'node:crypto'

export type Party = { nickname: string; participantId: number; type: 'Client' | 'Agent' }
export type ChatEvent = {
  from: Party
  index: number
  text?: string
  messageType?: string
  type: string
  utcTime: number
}
export type EventContent = { text?: string | undefined; messageType?: string | undefined }
export type Chat = {
  chatId: string
  userId: string
  secureKey: string
  customer: Party
  userData: ReadonlyMap<string, string>
  transcript: ChatEvent[]
  ended: boolean
}
export type Watcher = {
  onEvent(chat: Chat, event: ChatEvent): void
  onRefresh?(chat: Chat, deliveredUpTo: number | undefined): void
}

/** Event times have whole seconds, written in milliseconds. */
export const wholeSecond = (): number => Math.floor(Date.now() / 1000) * 1000

/** The position from which a client still has everything to come: highest assigned index + 1. */
export const nextPosition = (chat: Chat): number => chat.transcript.length + 1

export class Desk {
  /** One Chat Server has one alias; it is its application DBID. */
  readonly alias = '117'
  readonly #live = new Map<string, Chat>()
  readonly #watchers: Watcher[] = []
  #serial = 0

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher)
  }

  open(nickname: string, userData: ReadonlyMap<string, string>): Chat {
    this.#serial += 1
    const serial = this.#serial.toString(36).toUpperCase().padStart(6, '0')
    const chat: Chat = {
      chatId: `0002${randomBytes(3).toString('hex')}${serial}`,
      userId: `007${randomBytes(7).toString('hex').slice(1).toUpperCase()}`,
      secureKey: randomBytes(8).toString('hex'),
      customer: { nickname, participantId: 1, type: 'Client' },
      userData,
      transcript: [],
      ended: false,
    }
    this.#live.set(chat.chatId, chat)
    this.say(chat, chat.customer, 'ParticipantJoined')
    return chat
  }

  /** The chat these tokens open, if it is live. A missing alias is tolerated, a wrong one is not. */
  find(chatId: string, userId: string | undefined, secureKey: string | undefined, alias?: string): Chat | undefined {
    const chat = this.#live.get(chatId)
    if (chat === undefined || chat.userId !== userId || chat.secureKey !== secureKey) return undefined
    return alias === undefined || alias === this.alias ? chat : undefined
  }

  say(chat: Chat, from: Party, type: string, content: EventContent = {}): ChatEvent {
    const event: ChatEvent = { from, index: nextPosition(chat), type, utcTime: wholeSecond() }
    if (content.text !== undefined) event.text = content.text
    if (content.messageType !== undefined) event.messageType = content.messageType
    chat.transcript.push(event)
    for (const watcher of this.#watchers) watcher.onEvent(chat, event)
    return event
  }

  /** Absent or 1: the whole transcript; 0: nothing; n: events from index n on. A refresh confirms delivery. */
  refresh(chat: Chat, position: number | undefined): ChatEvent[] {
    const events = position === 0 ? [] : chat.transcript.slice(Math.max(1, position ?? 1) - 1)
    for (const watcher of this.#watchers) watcher.onRefresh?.(chat, position === 0 ? undefined : nextPosition(chat))
    return events
  }

  end(chat: Chat): void {
    chat.ended = true
    this.#live.delete(chat.chatId)
    this.say(chat, chat.customer, 'ParticipantLeft')
  }
}
