import type { Session } from './session.ts'

/**
 * Nearly all answers to a session begin with the same text, but for one number: 0/false, its tokens, `nextPosition`. Two
 * comparisons with that text tell a VU as much as peeking into the answer, for a quarter of the time.
 */
export interface AnswerFrame {
  /** From the opening brace to `"nextPosition":`. */
  before: string
  /** From behind the number to the name of the member with the events. */
  behind: string
}

const mostPosition = Number.MAX_SAFE_INTEGER
const positionName = '"nextPosition":'
const messagesName = '"messages":'

/** @returns undefined when the answer is of another order, or says something else than 0/false with the known tokens. */
export function frameOf(body: string, session: Session): AnswerFrame | undefined {
  const end = body.indexOf(messagesName) + messagesName.length
  const start = body.indexOf(positionName) + positionName.length
  const behindNumber = body.indexOf(',', start)
  if (start < positionName.length || behindNumber < 0 || behindNumber >= end) return undefined
  // Only members of the answer itself can be followed by nothing but the end of its events.
  const { statusCode, chatEnded, nextPosition, userId, secureKey, alias } = parsed(`${body.slice(0, end)}[]}`)
  const isUsual = statusCode === 0 && chatEnded === false && nextPosition === Number(body.slice(start, behindNumber))
  const isKnown = userId === session.userId && secureKey === session.secureKey && alias === session.alias
  return isUsual && isKnown ? { before: body.slice(0, start), behind: body.slice(behindNumber, end) } : undefined
}

/** `nextPosition` of an answer in this frame; -1 = not in this frame, look closer. */
export function positionIn(body: string, { before, behind }: AnswerFrame): number {
  if (!body.startsWith(before)) return -1
  const end = body.indexOf(',', before.length)
  if (!body.startsWith(behind, end)) return -1
  const position = Number(body.slice(before.length, end))
  return position >= 0 && position < mostPosition && position % 1 === 0 ? position : -1
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
