import type { Clock } from '../../clock.ts'
import type { Attachment, Attachments } from './attachments.ts'

/** Attached chats that no Chat Server is known to have, though their CometD sessions are there (CV2-187). */
export interface LostChats {
  /** The Chat Server of this alias is gone, or the way to it. */
  lose(alias: string): void
  /** Another Chat Server is connected: all are asked for. */
  lookForAll(): void
  /** Somebody else has brought this chat back. */
  lookFor(chatId: string): void
  found(attachment: Attachment): void
  /** Nobody has it for now. */
  notFound(): void
  /** Those that are asked for next. */
  pending(): number
  close(): void
}

/** Asked for before the node turns to its sockets again. */
const mostAtOnce = 100

/** Not every change is told: a store may be repaired, an instance may die that this node was cut off from. */
const retryMs = 5_000

/** @param ask tells `found` or `notFound`; who is not found is asked for again whenever that may have changed. */
export function createLostChats(
  attachments: Attachments,
  clock: Clock,
  ask: (attachment: Attachment) => void,
): LostChats {
  let cancelRetry: (() => void) | undefined
  let isClosed = false
  const lost = new Set<Attachment>()
  const next = new Set<Attachment>()

  // Never at once: whoever tells of a loss is in the middle of it.
  function plan(some: Iterable<Attachment>): void {
    const isPlanned = next.size > 0
    for (const each of some) next.add(each)
    if (!isPlanned && next.size > 0) setImmediate(askForSome)
  }

  function retry(): void {
    cancelRetry = undefined
    plan(lost)
  }

  function askForSome(): void {
    let count = 0
    for (const attachment of next) {
      if (count++ === mostAtOnce) break
      next.delete(attachment)
      if (attachments.get(attachment.id) !== attachment) lost.delete(attachment)
      else if (lost.has(attachment)) ask(attachment)
    }
    if (next.size > 0) setImmediate(askForSome)
  }

  return {
    lose(alias) {
      const some = [...attachments.all()].filter(each => each.alias === alias)
      for (const each of some) lost.add(each)
      plan(some)
    },
    lookForAll: () => plan(lost),
    lookFor(chatId) {
      for (const each of lost) if (each.chatId === chatId) plan([each])
    },
    found: attachment => void lost.delete(attachment),
    notFound() {
      if (!isClosed) cancelRetry ??= clock.at(clock.now() + retryMs, retry)
    },
    pending: () => next.size,
    close() {
      isClosed = true
      cancelRetry?.()
      lost.clear()
      next.clear()
    },
  }
}
