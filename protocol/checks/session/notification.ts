import type { ChatAnswer } from '../../chat/answer.ts'
import { type Violation, violation } from '../../violation.ts'
import { checkAnswerAlone, isIndexed } from './answer-alone.ts'
import { seeEvent } from './event.ts'
import { raiseFloor } from './positions.ts'
import type { SessionState } from './state.ts'

/** What came over CometD without being asked for, its shape checked. Order and doubles are a matter of the ledger. */
export interface WatchedNotification {
  notification: ChatAnswer
  /** Shard clock, epoch ms. */
  receivedMs: number
}

export function watchNotification(state: SessionState, { notification, receivedMs }: WatchedNotification): Violation[] {
  const { messages = [], nextPosition, chatEnded } = notification
  const violations: Violation[] = []
  if (messages.length !== 1) {
    const found = `${messages.length} events`
    violations.push(violation('CV2-116', 'A notification has not one event', found, 'exactly one', '/messages'))
  }
  violations.push(...checkAnswerAlone(notification))
  messages.forEach((event, at) => {
    if (!isIndexed(event)) return
    if (event.index > state.finishedAt) {
      const what = 'A notification came after the one that said the chat has ended'
      violations.push(violation('CV2-145', what, event.index, 'nothing after chatEnded true', `/messages/${at}/index`))
    }
    violations.push(...seeEvent(state, event, 'notification', `/messages/${at}`).violations)
    if (chatEnded === true) state.finishedAt = Math.min(state.finishedAt, event.index)
  })
  if (Number.isInteger(nextPosition)) raiseFloor(state.floors, receivedMs, nextPosition!)
  return violations
}
