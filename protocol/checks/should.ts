import type { AnsweredEvent, ChatAnswer } from '../chat/answer.ts'
import { type Violation, violation } from '../violation.ts'

/**
 * Statements of level SHOULD about one answer: warnings, never a broken message. Formats of tokens are those of the
 * reference (CV2-078) and say nothing about a real GMS.
 */
export function checkShoulds(kind: string, answer: ChatAnswer): Violation[] {
  return [...checkMembers(kind, answer), ...checkFormats(answer), ...(answer.messages ?? []).flatMap(checkEvent)]
}

function checkMembers(kind: string, answer: ChatAnswer): Violation[] {
  const found: Violation[] = []
  if (kind !== 'request-chat-answer' && answer.statusCode !== 1 && answer.chatEnded === undefined) {
    found.push(
      violation('CV2-025', 'The answer does not say whether the chat has ended', 'no chatEnded', 'a boolean chatEnded'),
    )
  }
  if (kind !== 'fatal-answer') return found
  for (const member of ['secureKey', 'userId', 'nextPosition'] as const) {
    if (answer[member] === undefined) continue
    found.push(
      violation('CV2-029', `A fatal answer carries ${member}`, `a member ${member}`, 'no such member', `/${member}`),
    )
  }
  answer.errors?.forEach(({ code, advice }, at) => {
    if (code !== 249 || /\[\d+\]$/.test(advice)) return
    const what = 'The advice of code 249 does not end with a reference id'
    found.push(violation('CV2-030', what, advice, 'a number in square brackets at the end', `/errors/${at}/advice`))
  })
  return found
}

const formats = {
  chatId: /^[0-9A-Za-z]{16}$/,
  userId: /^[0-9A-F]{16}$/,
  secureKey: /^[0-9a-f]{16,20}$/,
  alias: /^\d+$/,
} as const

function checkFormats(answer: ChatAnswer): Violation[] {
  return Object.entries(formats).flatMap(([member, format]) => {
    const value = answer[member as keyof typeof formats]
    if (value === undefined || format.test(value)) return []
    const found = member === 'secureKey' ? 'a key (masked)' : value
    return [
      violation('CV2-078', `${member} is not in the format of the reference`, found, String(format), `/${member}`),
    ]
  })
}

function checkEvent({ from, type, utcTime, userData }: AnsweredEvent, at: number): Violation[] {
  const found: Violation[] = []
  if (utcTime % 1000 !== 0) {
    found.push(
      violation('CV2-057', 'utcTime is no whole second', utcTime, 'a multiple of 1000', `/messages/${at}/utcTime`),
    )
  }
  // Another party may have left by itself, which shows no reason (CV2-061); a customer who did is not answered any more.
  const isOwnRemoval = type === 'ParticipantLeft' && from.participantId === 1
  if (isOwnRemoval && userData?.['quit-reason-code'] === undefined) {
    const what = 'The customer was removed without a quit reason'
    found.push(violation('CV2-062', what, 'no such member', 'userData["quit-reason-code"]', `/messages/${at}`))
  }
  return found
}
