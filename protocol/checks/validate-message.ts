import * as guards from '../../schemas/generated/every-error-validators.js'
import { type MessageKind, messageKinds } from '../../schemas/generated/kinds.ts'
import type { BayeuxMessage } from '../bayeux/message.ts'
import type { ChatAnswer } from '../chat/answer.ts'
import { type Violation, violation } from '../violation.ts'
import { checkErrorForm } from './bayeux/shape.ts'
import { identify } from './identify.ts'
import { violationsOf } from './schema-violation.ts'
import { checkAnswerAlone } from './session/answer-alone.ts'
import { checkShoulds } from './should.ts'
import { validateChatContent } from './validate-message-comet.ts'

export { messageKinds }

const guardOf = {
  'bayeux-connect-reply': guards.isBayeuxConnectReply,
  'bayeux-disconnect-reply': guards.isBayeuxDisconnectReply,
  'bayeux-event': guards.isBayeuxEvent,
  'bayeux-handshake-reply': guards.isBayeuxHandshakeReply,
  'bayeux-publish-reply': guards.isBayeuxPublishReply,
  'bayeux-request': guards.isBayeuxRequest,
  'bayeux-subscription-reply': guards.isBayeuxSubscriptionReply,
  'custom-notice-form': guards.isCustomNoticeForm,
  'disconnect-answer': guards.isDisconnectAnswer,
  'disconnect-form': guards.isDisconnectForm,
  'error-answer': guards.isErrorAnswer,
  event: guards.isEvent,
  'fatal-answer': guards.isFatalAnswer,
  'file-delete-answer': guards.isFileDeleteAnswer,
  'file-limits-answer': guards.isFileLimitsAnswer,
  'file-upload-answer': guards.isFileUploadAnswer,
  health: guards.isHealth,
  'operation-answer': guards.isOperationAnswer,
  'push-advice': guards.isPushAdvice,
  'push-device-id': guards.isPushDeviceId,
  'push-payload': guards.isPushPayload,
  'push-reliable': guards.isPushReliable,
  'push-url-form': guards.isPushUrlForm,
  'read-receipt-form': guards.isReadReceiptForm,
  'refresh-form': guards.isRefreshForm,
  'request-chat-answer': guards.isRequestChatAnswer,
  'request-chat-form': guards.isRequestChatForm,
  'retryable-answer': guards.isRetryableAnswer,
  'send-form': guards.isSendForm,
  'session-over-answer': guards.isSessionOverAnswer,
  'typing-form': guards.isTypingForm,
  'update-data-form': guards.isUpdateDataForm,
  'update-nickname-form': guards.isUpdateNicknameForm,
} as const satisfies Record<MessageKind, unknown>

export interface ValidatedMessage {
  /** undefined = nothing documented looks like it. */
  kind: MessageKind | undefined
  violations: Violation[]
  /** Broken statements of level SHOULD; only looked for in a message that breaks no MUST. */
  warnings: Violation[]
}

export function isMessageKind(word: string): word is MessageKind {
  return Object.hasOwn(guardOf, word)
}

/** @param kind As in `messageKinds`; undefined = found by the members. Every broken rule is told, not only the first. */
export function validateMessage(kind: MessageKind | undefined, value: unknown): ValidatedMessage {
  const known = kind ?? identify(value)
  if (known === undefined) return { kind: known, violations: [], warnings: [] }
  const violations = violationsOf(guardOf[known], value)
  if (violations.length === 0 && known.startsWith('bayeux-')) {
    const content = validateChatContent(value as BayeuxMessage)
    const warnings = [...checkErrorForm(value as BayeuxMessage), ...content.warnings]
    return { kind: known, violations: content.violations, warnings }
  }
  const isAnswer = known.endsWith('-answer') && known !== 'error-answer'
  if (violations.length > 0 || !isAnswer) return { kind: known, violations, warnings: [] }
  const answer = value as ChatAnswer
  // Values beside statusCode 1 are unreliable (CV2-022 ff.).
  if (known === 'retryable-answer') return { kind: known, violations, warnings: [] }
  return { kind: known, violations: checkAnswerAlone(answer), warnings: checkShoulds(known, answer) }
}

/** The same for a captured text: JSON, or a form as it is posted (`message=hi&alias=201`). */
export function validateText(kind: MessageKind | undefined, text: string): ValidatedMessage {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const form = readForm(text)
    if (form) return validateMessage(kind, form)
    const rule = kind?.startsWith('push-') ? 'PUSH-040' : 'CV2-007'
    const what = `The text is neither JSON nor a form: ${(error as Error).message}`
    return { kind, violations: [violation(rule, what.slice(0, 200), text.slice(0, 40), 'JSON')], warnings: [] }
  }
  return validateMessage(kind, value)
}

function readForm(text: string): Record<string, string> | undefined {
  const pairs = text.trim().split('&')
  if (!pairs.every(pair => /^[^={}"\s]+=[^={}"\s]*$/.test(pair))) return undefined
  try {
    const decoded = (part: string) => decodeURIComponent(part.replaceAll('+', ' '))
    return Object.fromEntries(pairs.map(pair => pair.split('=').map(decoded) as [string, string]))
  } catch {
    return undefined
  }
}
