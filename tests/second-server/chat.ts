// The words of the Chat Server side: parties, events, chats and who watches them.
export type Party = { nickname: string; participantId: number; type: 'Client' | 'Agent' | 'External' }
export type ChatEvent = {
  from: Party
  index: number
  text?: string
  messageType?: string
  type: string
  utcTime: number
}
export type EventContent = { text?: string | undefined; messageType?: string | undefined }
export type Tokens = {
  chatId: string
  userId: string | undefined
  secureKey: string | undefined
  alias: string | undefined
}
export type Chat = {
  chatId: string
  userId: string
  secureKey: string
  customer: Party
  userData: Map<string, string>
  transcript: ChatEvent[]
  /** The highest index that the customer said to have read, 0 before the first receipt. */
  readUpTo: number
  ended: boolean
  /** Its Chat Server is gone; the customer's next request restores it on another one. */
  asleep: boolean
}
export type Watcher = {
  onEvent?(chat: Chat, event: ChatEvent): void
  /** Any request of the customer, whatever its outcome. */
  onRequest?(chat: Chat): void
  onRefresh?(chat: Chat, deliveredUpTo: number | undefined): void
  onAsleep?(chat: Chat): void
  onAwake?(chat: Chat): void
}

/** Event times have whole seconds, written in milliseconds. */
export const wholeSecond = (): number => Math.floor(Date.now() / 1000) * 1000

/** The position from which a client still has everything to come: highest assigned index + 1. */
export const nextPosition = (chat: Chat): number => chat.transcript.length + 1
