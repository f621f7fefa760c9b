import {
  isDisconnectAnswer,
  isErrorAnswer,
  isFatalAnswer,
  isFileDeleteAnswer,
  isFileLimitsAnswer,
  isFileUploadAnswer,
  isOperationAnswer,
  isPushAdvice,
  isPushDeviceId,
  isPushPayload,
  isPushReliable,
  isRequestChatAnswer,
  isRetryableAnswer,
  isSessionOverAnswer,
} from '../../schemas/generated/validators.js'
import type { AnswerKind, ChatAnswer } from '../chat/answer.ts'
import type { PushNotification } from '../push/notification.ts'
import type { ObservedPush } from '../stream/observation.ts'
import { type Violation, violation } from '../violation.ts'
import { violationsOf } from './schema-violation.ts'

const answerGuards = {
  'request-chat-answer': isRequestChatAnswer,
  'operation-answer': isOperationAnswer,
  'disconnect-answer': isDisconnectAnswer,
  'session-over-answer': isSessionOverAnswer,
  'file-limits-answer': isFileLimitsAnswer,
  'file-upload-answer': isFileUploadAnswer,
  'file-delete-answer': isFileDeleteAnswer,
  'retryable-answer': isRetryableAnswer,
  'fatal-answer': isFatalAnswer,
  'error-answer': isErrorAnswer,
} as const

export interface CheckedAnswer {
  /** `none` = the request got no answer (status 0); `unreadable` = not one of the documented outcomes. */
  kind: AnswerKind | 'none' | 'unreadable'
  violations: Violation[]
  /** There unless the body is no JSON object; its members can be relied on when `violations` is empty. */
  answer?: ChatAnswer
}

/** @param operation Name of the operation as in the path, `requestChat` for the base path; `ping` is a refresh. */
export function checkAnswer(request: { operation: string; status: number; body: string }): CheckedAnswer {
  const { operation, status, body } = request
  if (status === 0) return { kind: 'none', violations: [] }
  const answer = parsedObject(body)
  if (!answer) {
    const rule = status >= 400 ? 'CV2-035' : 'CV2-007'
    return {
      kind: 'unreadable',
      violations: [
        violation(rule, `The body of an HTTP ${status} answer is no JSON object`, masked(body), 'a JSON object'),
      ],
    }
  }
  const kind = status >= 400 ? 'error-answer' : kindOfAnswer(operation, answer)
  if (kind === 'unreadable') {
    const expected = 'a member statusCode that is 0, 1 or 2'
    const found = answer.statusCode ?? 'no such member'
    const wrong = violation(
      'CV2-020',
      `An HTTP ${status} answer has no usable statusCode`,
      found,
      expected,
      '/statusCode',
    )
    return { kind, violations: [wrong], answer }
  }
  return { kind, violations: violationsOf(answerGuards[kind], answer), answer }
}

const fileAnswers: ReadonlyMap<string, AnswerKind> = new Map([
  ['fileGetLimits', 'file-limits-answer'],
  ['fileUpload', 'file-upload-answer'],
  ['fileDelete', 'file-delete-answer'],
])

function kindOfAnswer(operation: string, answer: Record<string, unknown>): AnswerKind | 'unreadable' {
  switch (answer.statusCode) {
    case 0:
      if (operation === 'requestChat') return 'request-chat-answer'
      if (operation === 'disconnect') return 'disconnect-answer'
      return fileAnswers.get(operation) ?? (answer.chatEnded === true ? 'session-over-answer' : 'operation-answer')
    case 1:
      return 'retryable-answer'
    case 2:
      return 'fatal-answer'
    default:
      return 'unreadable'
  }
}

const pushGuards = {
  'device-id': isPushDeviceId,
  payload: isPushPayload,
  reliable: isPushReliable,
  advice: isPushAdvice,
} as const

export interface CheckedPush {
  mode: ObservedPush['mode']
  violations: Violation[]
  /** There unless `refused`; its members can be relied on when `violations` is empty. */
  push?: PushNotification
}

export function checkPush(body: string): CheckedPush {
  const push = parsedObject(body)
  if (!push) {
    return {
      mode: 'refused',
      violations: [violation('PUSH-040', 'The body is no JSON object', masked(body), 'a JSON object')],
    }
  }
  if (typeof push.deviceId !== 'string') {
    const found = `members ${Object.keys(push).join(', ')}`
    const wrong = violation('PUSH-022', 'The body has no deviceId', found, 'a string member deviceId')
    return { mode: 'refused', violations: [wrong] }
  }
  const mode = modeOfPush(push)
  const violations = violationsOf(pushGuards[mode], push)
  return { mode, violations, push: push as unknown as PushNotification }
}

/** By what only that form has, so that a broken body is still held against the right schema. */
export function modeOfPush(push: Record<string, unknown>): 'device-id' | 'payload' | 'reliable' | 'advice' {
  const message = asObject(push.message)
  if (!message) return 'device-id'
  const events = message.messages
  const event = asObject(Array.isArray(events) ? events[0] : undefined)
  const userData = asObject(event?.userData)
  if (userData?.['quit-reason-advice'] !== undefined) return 'advice'
  const isTrigger = userData?.['notify-position'] !== undefined || userData?.['notify-attempt'] !== undefined
  return isTrigger || asObject(event?.from)?.participantId === 0 ? 'reliable' : 'payload'
}

/** A cut body may still hold a key, and violations are written to files. */
function masked(body: string): string {
  return body.replace(/("secure-?key"\s*:\s*")[^"]*/gi, '$1…')
}

function parsedObject(text: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return undefined
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}
