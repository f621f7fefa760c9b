import type { ChatOperation, ChatOutcome } from '../messages.ts'

/** A request that no Chat Server answered: none is connected, or its connection was lost meanwhile (CS-093). */
export interface Unanswered {
  kind: 'unanswered'
}

const noMessages: readonly [] = []

/** The JSON text of an HTTP 200 answer, members present as in table 4.2. `referenceId` is asked for only by code 249. */
export function chatAnswer(
  operation: ChatOperation,
  outcome: ChatOutcome | Unanswered,
  asked: { alias: string; chatId: string },
  referenceId: () => number,
): string {
  if (outcome.kind === 'ok') return JSON.stringify(success(operation, outcome))
  // CV2-024: a retryable failure never says that the chat is over.
  if (outcome.kind === 'unanswered') {
    return JSON.stringify({
      messages: noMessages,
      chatEnded: false,
      statusCode: 1,
      errors: [{ code: 9009, advice: 'Chat Server does not answer, try again' }],
    })
  }
  if (outcome.reason === 'limited') {
    return JSON.stringify({
      messages: noMessages,
      chatEnded: true,
      statusCode: 2,
      errors: [{ code: 240, advice: 'A new chat cannot be started at this time' }],
    })
  }
  return JSON.stringify({
    messages: noMessages,
    chatEnded: true,
    statusCode: 2,
    alias: outcome.alias ?? asked.alias,
    chatId: outcome.chatId ?? asked.chatId,
    errors: [{ code: 249, advice: `Media server was not able to execute request. referenceId[${referenceId()}]` }],
  })
}

function success(operation: ChatOperation, outcome: ChatOutcome & { kind: 'ok' }): object {
  // CV2-100: the tokens of a party that left are void, its own goodbye has nothing to show.
  if (operation === 'disconnect') {
    return {
      statusCode: 0,
      alias: outcome.alias,
      chatId: outcome.chatId,
      nextPosition: outcome.nextPosition,
      chatEnded: true,
      messages: noMessages,
    }
  }
  return {
    statusCode: 0,
    alias: outcome.alias,
    userId: outcome.userId,
    secureKey: outcome.secureKey,
    chatId: outcome.chatId,
    nextPosition: outcome.nextPosition,
    chatEnded: outcome.chatEnded,
    messages: outcome.events,
  }
}
