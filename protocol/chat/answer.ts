import type { ChatEvent } from './event.ts'

/**
 * An answer of the chat API as the suite reads it once its shape was checked (CV2-020 ff.); which members are
 * there depends on the outcome (4.2).
 */
export interface ChatAnswer {
  /** Absent in the body of an HTTP 4xx or 5xx. */
  statusCode?: 0 | 1 | 2
  chatEnded?: boolean
  alias?: string
  chatId?: string
  userId?: string
  secureKey?: string
  messages?: AnsweredEvent[]
  nextPosition?: number
  /** `file-id` of an upload. */
  userData?: Record<string, string>
  errors?: { code: number; advice: string }[]
}

/** Only the Notice that answers the file limits call has no index. */
export type AnsweredEvent = Omit<ChatEvent, 'index'> & { index?: number }

/** Outcomes of CV2-020 ff., each the kind of a message with a schema of that name. */
export const answerKinds = [
  'request-chat-answer',
  'operation-answer',
  'disconnect-answer',
  'session-over-answer',
  'file-limits-answer',
  'file-upload-answer',
  'file-delete-answer',
  'retryable-answer',
  'fatal-answer',
  'error-answer',
] as const
export type AnswerKind = (typeof answerKinds)[number]
