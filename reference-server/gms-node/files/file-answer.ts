import type { ChatOutcome, FileOperation, FileRefusal } from '../../messages.ts'
import { fileRefusals } from '../../messages.ts'
import { chatAnswer, type Unanswered } from '../chat-answer.ts'
import type { WriteToken } from '../cometd-token.ts'

/** How the two APIs show the same tokens (gms-chat-v2 7.3). */
export interface TokenForm {
  alias(alias: string | undefined): string | undefined
  id(id: string | undefined): string | undefined
  secureKey(chatId: string, secureKey: string): string
}

/** The raw ones. */
export const restTokens: TokenForm = { alias: alias => alias, id: id => id, secureKey: (_chatId, key) => key }

/** The ids are no secret any more, and the key stands for all of them (CV2-123, CV2-125). */
export function cometdTokens(writeToken: WriteToken, service: string): TokenForm {
  return {
    alias: () => '0',
    id: () => 'deprecated',
    secureKey: (chatId, secureKey) =>
      writeToken({ chatId, secureKey, service, ...(service === '' ? undefined : { clientChannel: service }) }),
  }
}

/** 4.4 and 4.5; a refusal of a download has no code of its own. */
const errors: Record<Exclude<FileRefusal, 'no-attempt-left'>, readonly [code: number, advice: string]> = {
  'too-many-files': [201, 'Maximum number of attached files would be exceeded'],
  'too-large': [202, 'Upload limit or maximum size would be exceeded'],
  'wrong-type': [203, 'File type is not allowed'],
  'no-agent': [9020, 'An agent has to join before files can be uploaded'],
  'unknown-file': [9021, 'No such file'],
  'not-permitted': [9022, 'This file must not be deleted'],
}

export function isFileRefusal(outcome: ChatOutcome | Unanswered): outcome is ChatOutcome & { reason: FileRefusal } {
  return outcome.kind === 'refused' && (fileRefusals as readonly string[]).includes(outcome.reason)
}

/** The JSON text of an HTTP 200 answer to limits, upload and delete; members as in table 4.2. */
export function fileAnswer(
  operation: FileOperation,
  outcome: ChatOutcome | Unanswered,
  asked: { alias: string; chatId: string },
  tokens: TokenForm,
  referenceId: () => number,
): string {
  if (outcome.kind === 'ok') return JSON.stringify(success(outcome, tokens))
  if (outcome.kind === 'unanswered') return chatAnswer(operation, outcome, asked, referenceId)
  const alias = tokens.alias(outcome.alias ?? asked.alias)
  const chatId = tokens.id(outcome.chatId ?? asked.chatId)
  if (!isFileRefusal(outcome))
    return chatAnswer(operation, { ...outcome, alias: alias!, chatId: chatId! }, asked, referenceId)
  const [code, advice] = errors[outcome.reason as keyof typeof errors]
  // CV2-172: a refused file does not end the chat.
  return JSON.stringify({
    messages: [],
    chatEnded: false,
    statusCode: 2,
    alias,
    chatId,
    errors: [{ code, advice }],
  })
}

function success(outcome: ChatOutcome & { kind: 'ok' }, tokens: TokenForm): object {
  const { limits, file } = outcome
  return {
    ...(limits && { messages: [notice(limits)] }),
    statusCode: 0,
    alias: tokens.alias(outcome.alias),
    userId: tokens.id(outcome.userId),
    secureKey: tokens.secureKey(outcome.chatId, outcome.secureKey!),
    chatId: tokens.id(outcome.chatId),
    nextPosition: outcome.nextPosition,
    chatEnded: outcome.chatEnded,
    ...(file && { userData: { 'file-id': file.fileId } }),
  }
}

/** No event of the transcript, so it has no index (CV2-162). */
function notice({ from, utcTime, values }: NonNullable<(ChatOutcome & { kind: 'ok' })['limits']>): object {
  return { from, text: 'file-client-cfg-get', type: 'Notice', utcTime, userData: values }
}
