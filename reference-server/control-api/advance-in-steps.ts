import type { ManualClock } from '../actors.ts'
import type { Busyness } from './settle.ts'

/**
 * How long a step waits for its POSTs: a receiver on a busy machine takes a while, one that hangs on purpose takes longer, and then
 * time goes on without it.
 */
const patienceMs = 1_000

/**
 * Advances to each due timer by itself and lets the network catch up before the next: a jump over 15 s would else time
 * out every POST that the first of those seconds began.
 */
export async function advanceInSteps(
  clock: Pick<ManualClock, 'now' | 'advance' | 'nextDue'>,
  ms: number,
  settle: (deadlineMs: number) => Promise<Busyness | undefined>,
): Promise<void> {
  const endMs = clock.now() + ms
  let isPatient = (await settle(patienceMs)) === undefined
  for (let due = clock.nextDue(); due !== undefined && due <= endMs; due = clock.nextDue()) {
    clock.advance(Math.max(0, due - clock.now()))
    isPatient = (await settle(isPatient ? patienceMs : 0)) === undefined
  }
  clock.advance(Math.max(0, endMs - clock.now()))
}
