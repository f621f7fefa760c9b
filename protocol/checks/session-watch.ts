import type { Violation } from '../violation.ts'
import { type WatchedAnswer, watchAnswer } from './session/answer.ts'
import { unexplainedPositions } from './session/notice.ts'
import { type WatchedNotification, watchNotification } from './session/notification.ts'
import { type PushFindings, type WatchedPush, watchPush } from './session/push.ts'
import { newSessionState, type SessionWatchOptions } from './session/state.ts'

export interface SessionWatch {
  /** An answer whose shape was checked, or the news that none came. */
  answer(seen: WatchedAnswer): Violation[]
  /** A push of this session's device whose shape was checked. */
  push(seen: WatchedPush): PushFindings
  /** What a CometD customer of this session heard unasked. */
  notification(seen: WatchedNotification): Violation[]
  /** When nothing more comes: what only a later answer could have explained. */
  finish(): Violation[]
}

/**
 * One session, fed with its answers and pushes in the order of their processing. The two come over different sockets, so
 * an answer can be processed before or after a push of the same event, and a push before the answer that was there
 * first: each check is made so that every order of a correct history is silent. Where the specification leaves an order
 * open, nothing is judged.
 */
export function createSessionWatch(options: SessionWatchOptions): SessionWatch {
  const state = newSessionState(options)
  return {
    answer: seen => watchAnswer(state, seen),
    push: seen => watchPush(state, seen),
    notification: seen => watchNotification(state, seen),
    finish: () => unexplainedPositions(state),
  }
}
