import type { Core } from './core.ts'
import type { Session } from './session.ts'

const nothing: readonly string[] = []

/** Behind what waits already. */
export function enqueue(core: Core, session: Session, texts: readonly string[]): void {
  session.queue ??= []
  session.queue.push(...texts)
  for (const { length } of texts) {
    session.queuedLength += length
    core.queuedLength += length
  }
}

/** What waits, in the order in which it came (BX-085); it waits no longer. */
export function drain(core: Core, session: Session): readonly string[] {
  const { queue, ack } = session
  if (queue === undefined) return nothing
  session.queue = undefined
  // What is not acknowledged is kept, and counts.
  if (ack) ack.sent = queue.map(text => ({ batch: ack.batch, text }))
  else uncount(core, session)
  return queue
}

/** Nothing of it is kept any more. */
export function uncount(core: Core, session: Session): void {
  core.queuedLength -= session.queuedLength
  session.queuedLength = 0
}

/** More than one session may keep, or more than its share while all together keep what the node may. */
export function isOverfull({ options, queuedLength, sessions }: Core, session: Session): boolean {
  if (session.queue === undefined) return false
  const length = session.queue.length + (session.ack?.sent.length ?? 0)
  if (length > options.maxQueue || session.queuedLength > options.maxQueueBytes) return true
  const inTotal = options.maxQueueBytesInTotal
  // Who has little is not closed for those who have much: all together stay below twice the bound.
  return queuedLength > inTotal && session.queuedLength > inTotal / sessions.size
}
