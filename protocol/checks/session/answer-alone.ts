import type { AnsweredEvent, ChatAnswer } from '../../chat/answer.ts'
import { type Violation, violation } from '../../violation.ts'

export type IndexedEvent = AnsweredEvent & { index: number }

/** A Notice of the file limits has no index; a broken event was reported by its schema already. */
export function isIndexed(event: AnsweredEvent | undefined): event is IndexedEvent {
  return Number.isInteger(event?.index) && typeof event?.from === 'object' && event.from !== null
}

/** What one answer shows by itself, beyond its schema: order, quit reasons, nextPosition above its events. */
export function checkAnswerAlone(answer: ChatAnswer): Violation[] {
  const messages = Array.isArray(answer.messages) ? answer.messages : []
  const indexed = messages.filter(isIndexed)
  return [
    ...checkOrder(indexed),
    ...messages.flatMap((event, at) => checkReason(event, at)),
    ...checkNextPosition(indexed, answer.nextPosition),
  ]
}

function checkOrder(events: readonly IndexedEvent[]): Violation[] {
  const at = events.findIndex((event, place) => place > 0 && event.index <= events[place - 1]!.index)
  if (at < 0) return []
  const before = events[at - 1]!.index
  const what = 'Events of one answer are not in strictly increasing index order'
  return [violation('CV2-054', what, events[at]!.index, `an index above ${before}`, `/messages/${at}/index`)]
}

function checkReason(event: AnsweredEvent, at: number): Violation[] {
  const reason = event?.userData?.['quit-reason-code']
  if (event?.type !== 'ParticipantLeft' || (reason !== '0' && reason !== '3')) return []
  const pointer = `/messages/${at}/userData/quit-reason-code`
  return [violation('CV2-061', 'This quit reason is told in pushes only', reason, '4, 5, 7, 8 or none', pointer)]
}

function checkNextPosition(events: readonly IndexedEvent[], nextPosition: number | undefined): Violation[] {
  const highest = events.reduce((most, { index }) => Math.max(most, index), 0)
  if (nextPosition === undefined || !(nextPosition <= highest)) return []
  const what = 'nextPosition is not above the highest index of the same answer'
  return [violation('CV2-087', what, nextPosition, `at least ${highest + 1}`, '/nextPosition')]
}
