import type { Core } from './core.ts'
import type { Session } from './session.ts'

const nothing: readonly string[] = []

/** Behind what waits already, or before it. */
export function enqueue(core: Core, session: Session, texts: readonly string[], isOlder = false): void {
  if (isOlder) session.queue = [...texts, ...(session.queue ?? nothing)]
  else {
    session.queue ??= []
    session.queue.push(...texts)
  }
  for (const { length } of texts) {
    session.queuedLength += length
    core.queuedLength += length
  }
}

/** What waits, in the order in which it came (BX-085); it waits no longer. */
export function drain(core: Core, session: Session): readonly string[] {
  const { queue, ack } = session
  if (queue === undefined) return nothing
  core.queuedLength -= session.queuedLength
  session.queue = undefined
  session.queuedLength = 0
  if (ack) ack.sent = queue.map(text => ({ batch: ack.batch, text }))
  return queue
}

/** More than one session may keep, or one too many while all together keep what the node may. */
export function isOverfull({ options, queuedLength }: Core, session: Session): boolean {
  if (session.queue === undefined) return false
  const isTooMuch = session.queue.length > options.maxQueue || session.queuedLength > options.maxQueueBytes
  return isTooMuch || queuedLength > options.maxQueueBytesInTotal
}
