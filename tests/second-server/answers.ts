// The answers of Chat API Version 2.
import { type Chat, type ChatEvent, nextPosition } from './chat.ts'
import type { Desk } from './desk.ts'

export type Answer = Record<string, unknown>

export function createAnswers(desk: Desk) {
  let references = 0
  const errors = () => {
    references += 1
    return [{ code: 249, advice: `Media server was not able to execute request. referenceId[${references}]` }]
  }
  const live = (chat: Chat, messages: ChatEvent[], statusCode = 0): Answer => ({
    messages,
    chatEnded: false,
    statusCode,
    alias: desk.alias,
    secureKey: chat.secureKey,
    userId: chat.userId,
    chatId: chat.chatId,
    nextPosition: nextPosition(chat),
  })
  return {
    live,
    /** The chat goes on, but this request was not executed. */
    notExecuted: (chat: Chat): Answer => ({ ...live(chat, [], 1), errors: errors() }),
    /** The customer's tokens are of no use any more, so they are not in it. */
    ended: (chat: Chat): Answer => ({
      messages: [],
      chatEnded: true,
      statusCode: 0,
      alias: desk.alias,
      chatId: chat.chatId,
      nextPosition: nextPosition(chat),
    }),
    refused: (chatId?: string): Answer => ({
      messages: [],
      chatEnded: true,
      statusCode: 2,
      alias: desk.alias,
      ...(chatId === undefined ? {} : { chatId }),
      errors: errors(),
    }),
  }
}
