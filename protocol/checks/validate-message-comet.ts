import * as guards from '../../schemas/generated/every-error-validators.js'
import type { Guard } from '../../schemas/generated/validators.js'
import type { BayeuxMessage } from '../bayeux/message.ts'
import type { ChatAnswer } from '../chat/answer.ts'
import { type Violation, violation } from '../violation.ts'
import { violationsOf } from './schema-violation.ts'
import { checkAnswerAlone } from './session/answer-alone.ts'
import { checkShoulds } from './should.ts'

type JsonObject = Record<string, unknown>
interface Found {
  violations: Violation[]
  warnings: Violation[]
}

/** What a Bayeux message on a chat channel carries: an operation, an answer or a notification (gms-chat-v2, section 7). */
export function validateChatContent({ channel, data, successful }: BayeuxMessage): Found {
  if (!/^\/service\/chatV2\/./.test(String(channel)) || successful !== undefined)
    return { violations: [], warnings: [] }
  const isOperation = isObject(data) && !('statusCode' in data) && !('messages' in data)
  const isSent = isOperation || typeof data === 'string'
  const { violations, warnings } = isSent ? validateOperation(data) : validateAnswer(data, String(channel))
  return { violations: violations.map(inData), warnings: warnings.map(inData) }
}

const guardOf = {
  'operation-answer': guards.isOperationAnswer,
  'disconnect-answer': guards.isDisconnectAnswer,
  'session-over-answer': guards.isSessionOverAnswer,
  'retryable-answer': guards.isRetryableAnswer,
  'fatal-answer': guards.isFatalAnswer,
} as const

function validateAnswer(data: unknown, channel: string): Found {
  if (!isObject(data))
    return only(violation('CV2-020', 'The data of a chat message are no object', data, 'an object with statusCode'))
  const kind = kindOf(data)
  if (kind === undefined) {
    const what = 'The data of a chat message have no usable statusCode'
    return only(violation('CV2-020', what, data.statusCode ?? 'no such member', '0, 1 or 2', '/statusCode'))
  }
  const violations = violationsOf(guardOf[kind], data)
  if (violations.length > 0 || kind === 'retryable-answer') return { violations, warnings: [] }
  const answer = data as ChatAnswer & JsonObject
  violations.push(...checkAnswerAlone(answer))
  const isUnasked = 'monitored' in data || 'channel' in data
  if (isUnasked && answer.messages!.length !== 1) {
    const found = `${answer.messages!.length} events`
    violations.push(violation('CV2-116', 'A notification has not one event', found, 'exactly one', '/messages'))
  }
  if (violations.length > 0) return { violations, warnings: [] }
  // CV2-078 is about the tokens of REST.
  const warnings = checkShoulds(kind, answer).filter(({ rule }) => rule !== 'CV2-078')
  return { violations, warnings: [...warnings, ...literals(answer), ...(isUnasked ? unasked(answer, channel) : [])] }
}

function kindOf({ statusCode, chatEnded, messages, secureKey, userId }: JsonObject): keyof typeof guardOf | undefined {
  if (statusCode === 1) return 'retryable-answer'
  if (statusCode === 2) return 'fatal-answer'
  if (statusCode !== 0) return undefined
  if (chatEnded !== true) return 'operation-answer'
  // CV2-144.
  const isLeft = Array.isArray(messages) && messages.length === 0 && secureKey === undefined && userId === undefined
  return isLeft ? 'disconnect-answer' : 'session-over-answer'
}

function literals(answer: JsonObject): Violation[] {
  const wanted = { chatId: 'deprecated', userId: 'deprecated', alias: '0' } as const
  return Object.entries(wanted).flatMap(([member, literal]) =>
    answer[member] === undefined || answer[member] === literal
      ? []
      : [violation('CV2-125', `${member} is not the literal`, answer[member], `"${literal}"`, `/${member}`)],
  )
}

function unasked({ channel: inside, monitored }: JsonObject, channel: string): Violation[] {
  const found: Violation[] = []
  if (inside !== channel)
    found.push(violation('CV2-126', 'The data name another channel', inside, `"${channel}"`, '/channel'))
  if (typeof monitored !== 'boolean')
    found.push(violation('CV2-126', 'A notification has no monitored', monitored, 'a boolean', '/monitored'))
  return found
}

const formOf: ReadonlyMap<unknown, Guard<unknown>> = new Map<unknown, Guard<unknown>>([
  ['requestChat', guards.isRequestChatForm],
  ['requestNotifications', guards.isRefreshForm],
  ['sendMessage', guards.isSendForm],
  ['readReceipt', guards.isReadReceiptForm],
  ['startTyping', guards.isTypingForm],
  ['stopTyping', guards.isTypingForm],
  ['disconnect', guards.isDisconnectForm],
  ['pushUrl', guards.isPushUrlForm],
  ['updateNickname', guards.isUpdateNicknameForm],
  ['customNotice', guards.isCustomNoticeForm],
  ['updateData', guards.isUpdateDataForm],
])

/** An operation has the members of the REST form that does the same (CV2-154), but for its tokens and its objects. */
function validateOperation(data: unknown): Found {
  if (!isObject(data)) return only(violation('CV2-113', 'The data are no object', data, 'an object with operation'))
  const { operation, userData, auth, userId: _, alias: __, chatId: ___, ...members } = data
  const guard = formOf.get(operation)
  if (!guard) {
    const names = [...formOf.keys()].join(', ')
    const what = 'There is no such operation'
    return only(violation('CV2-113', what, operation ?? 'no such member', names, '/operation'))
  }
  const { transcriptPosition } = members
  const form = {
    ...members,
    ...(Number.isInteger(transcriptPosition) && { transcriptPosition: String(transcriptPosition) }),
    // The key stands for all of them (CV2-123).
    ...(operation !== 'requestChat' && { userId: 'deprecated', alias: '0' }),
  }
  const found = `members ${Object.keys(data).join(', ')}`.slice(0, 200)
  const violations = violationsOf(guard, form).map(each => ofComet(each.at === '' ? { ...each, found } : each))
  if (userData !== undefined && !isObject(typeof userData === 'string' ? parsed(userData) : userData)) {
    const what = 'userData is no object'
    violations.push(violation('CV2-136', what, userData, 'an object, or a text that holds one', '/userData'))
  }
  if (auth !== undefined && !isCredentials(auth)) {
    const what = 'auth holds no credentials'
    const expected = 'username and password, or encoded'
    violations.push(violation('CV2-137', what, `${typeof auth} (masked)`, expected, '/auth'))
  }
  return { violations, warnings: [] }
}

/** The same condition has another rule here than in a form. */
function ofComet(broken: Violation): Violation {
  const { at, expected } = broken
  if (at === '/secureKey' || expected === 'a member secureKey') return { ...broken, rule: 'CV2-123' }
  if (at === '/transcriptPosition') return { ...broken, rule: 'CV2-130' }
  return expected === 'a member transcriptPosition' ? { ...broken, rule: 'CV2-141' } : broken
}

function isCredentials(auth: unknown): boolean {
  if (!isObject(auth)) return false
  const { username, password, encoded } = auth
  return typeof encoded === 'string' || (typeof username === 'string' && typeof password === 'string')
}

function inData(broken: Violation): Violation {
  const { at, what } = broken
  const named = what.startsWith('/') ? `/data${what}` : what.replace(/^The message /, 'The data ')
  return { ...broken, at: `/data${at}`, what: named }
}

const only = (broken: Violation): Found => ({ violations: [broken], warnings: [] })

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
