import type { ChatEvent } from '../../../protocol/chat/event.ts'
import type { ChatOperation, ChatOutcome } from '../../messages.ts'
import { chatAnswer, type Unanswered } from '../chat-answer.ts'
import type { RequestError } from '../request-error.ts'

// Whole Bayeux messages as JSON texts. Ids and alias are literals since 8.5.112 (CV2-125), the token stands for all; in it
// and in a legal channel is nothing that JSON would have to escape.

const literals = '"alias":"0","userId":"deprecated","chatId":"deprecated"'

/** The answer to an operation that a Chat Server was asked for. */
export function answerText(
  channel: string,
  operation: ChatOperation,
  outcome: ChatOutcome | Unanswered,
  tokenOf: (chatId: string, secureKey: string) => string,
  referenceId: () => number,
): string {
  if (outcome.kind !== 'ok') {
    const asked = { alias: '0', chatId: 'deprecated' }
    const shown = outcome.kind === 'refused' ? { kind: outcome.kind, reason: outcome.reason } : outcome
    return message(channel, chatAnswer(operation, shown, asked, referenceId))
  }
  const { events, chatId, secureKey, nextPosition, chatEnded } = outcome
  // CV2-144.
  if (operation === 'disconnect') {
    return message(
      channel,
      `{"messages":[],"chatEnded":true,"statusCode":0,"alias":"0","chatId":"deprecated","nextPosition":${nextPosition}}`,
    )
  }
  return message(
    channel,
    `{"messages":${JSON.stringify(events)},"chatEnded":${chatEnded},"statusCode":0,${literals},` +
      `"secureKey":"${tokenOf(chatId, secureKey!)}","nextPosition":${nextPosition}}`,
  )
}

/** A request that the node itself refuses (4.5): wrong, but no reason to end the chat. */
export function refusalText(channel: string, { code, advice }: RequestError): string {
  return message(channel, JSON.stringify({ messages: [], chatEnded: false, statusCode: 2, errors: [{ code, advice }] }))
}

/** Unasked, with exactly one event (CV2-116, CV2-126). */
export function notificationText(
  channel: string,
  event: ChatEvent,
  { token, nextPosition, chatEnded }: { token: string; nextPosition: number; chatEnded: boolean },
): string {
  return message(
    channel,
    `{"messages":[${JSON.stringify(event)}],"chatEnded":${chatEnded},"statusCode":0,${literals},` +
      `"secureKey":"${token}","nextPosition":${nextPosition},"monitored":false,"channel":"${channel}"}`,
  )
}

function message(channel: string, data: string): string {
  return `{"data":${data},"channel":"${channel}"}`
}
