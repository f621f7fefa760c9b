import type { Core } from './core.ts'
import { extOf } from './ext.ts'
import type { BayeuxMessage } from './message.ts'
import { enqueue, uncount } from './queue.ts'
import type { Session } from './session.ts'

/**
 * The ack extension (BX-161, BX-162): events leave with connect replies only, each with a number, and are kept until the
 * client names that number; until then the next connect brings them again.
 */
export interface Acknowledgement {
  /** Number of the last connect reply. */
  batch: number
  sent: { batch: number; text: string }[]
}

/** The client names the last batch that it got. What it did not get waits again, before everything newer. */
export function acknowledge(core: Core, session: Session, message: BayeuxMessage): void {
  const { ack } = session
  if (!ack) return
  const got = extOf(message, 'ack')
  const missed = ack.sent.filter(({ batch }) => typeof got !== 'number' || batch > got).map(({ text }) => text)
  const texts = [...missed, ...(session.queue ?? [])]
  uncount(core, session)
  ack.sent = []
  session.queue = undefined
  if (texts.length > 0) enqueue(core, session, texts)
}

/** Of a connect reply: the next number, under which the events go that leave with it. */
export function ackMember({ ack }: Session): string {
  if (!ack) return ''
  ack.batch++
  return `"ack":${ack.batch}`
}
