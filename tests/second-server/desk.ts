// The Chat Server: live chats and their transcripts. Knows nothing of HTTP.
import { randomBytes } from 'node:crypto'
import {
  type Chat,
  type ChatEvent,
  type EventContent,
  nextPosition,
  type Party,
  type Tokens,
  type Watcher,
  wholeSecond,
} from './chat.ts'

const FIRST_DBID = 117
const newKey = (): string => randomBytes(8).toString('hex')

export class Desk {
  readonly #live = new Map<string, Chat>()
  readonly #watchers: Watcher[] = []
  #serial = 0
  #restarts = 0

  /** One Chat Server has one alias: its application DBID. */
  get alias(): string {
    return String(FIRST_DBID + this.#restarts)
  }
  get restarts(): number {
    return this.#restarts
  }
  get liveChats(): number {
    return this.#live.size
  }
  get openedChats(): number {
    return this.#serial
  }

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher)
  }

  open(nickname: string, userData: Map<string, string>): Chat {
    this.#serial += 1
    const serial = this.#serial.toString(36).toUpperCase().padStart(6, '0')
    const chat: Chat = {
      chatId: `0002${randomBytes(3).toString('hex')}${serial}`,
      userId: `007${randomBytes(7).toString('hex').slice(1).toUpperCase()}`,
      secureKey: newKey(),
      customer: { nickname, participantId: 1, type: 'Client' },
      userData,
      transcript: [],
      readUpTo: 0,
      ended: false,
      asleep: false,
    }
    this.#live.set(chat.chatId, chat)
    this.say(chat, chat.customer, 'ParticipantJoined')
    return chat
  }

  /** The chat that these tokens open, if it is live; an absent alias is tolerated, a wrong one is not. */
  admit({ chatId, userId, secureKey, alias }: Tokens, needsUserId: boolean): Chat | undefined {
    const chat = this.#live.get(chatId)
    if (chat === undefined || chat.secureKey !== secureKey) return undefined
    if (chat.userId !== userId && (needsUserId || userId !== undefined)) return undefined
    if (alias !== undefined && !this.#knows(alias)) return undefined
    if (chat.asleep) this.#restore(chat)
    for (const watcher of this.#watchers) watcher.onRequest?.(chat)
    return chat
  }

  say(chat: Chat, from: Party, type: string, content: EventContent = {}): ChatEvent {
    const event: ChatEvent = { from, index: nextPosition(chat), type, utcTime: wholeSecond() }
    if (content.text !== undefined) event.text = content.text
    if (content.messageType !== undefined) event.messageType = content.messageType
    chat.transcript.push(event)
    for (const watcher of this.#watchers) watcher.onEvent?.(chat, event)
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

  /** This Chat Server is stopped for good, whatever was live on it waits for its customers' next requests. */
  stop(): void {
    for (const chat of this.#live.values()) {
      if (chat.asleep) continue
      for (const watcher of this.#watchers) watcher.onAsleep?.(chat)
      chat.asleep = true
    }
  }

  /** Another instance takes over, with an alias of its own. */
  takeOver(): void {
    this.stop()
    this.#restarts += 1
  }

  /** Restored by the customer's request, as the old tokens say, but with a key of the new instance. */
  #restore(chat: Chat): void {
    chat.asleep = false
    chat.secureKey = newKey()
    for (const watcher of this.#watchers) watcher.onAwake?.(chat)
  }

  #knows(alias: string): boolean {
    const dbid = /^\d{1,9}$/.test(alias) ? Number(alias) : Number.NaN
    return dbid >= FIRST_DBID && dbid <= FIRST_DBID + this.#restarts
  }
}
