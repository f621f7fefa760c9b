import { awakeFor } from '../awake.ts'
import type { Stack } from '../stack.ts'
import { StoryError } from './broken-rule.ts'

/** Longer than any story leaves something moving; a target that is still busy then is stuck. */
const settleMs = 8_000

/** How often it is waited again for a target that goes on posting: one that never ends is to be told, too. */
export const longestWaits = 3

/**
 * Nothing more comes by itself: told by the control port, or because nothing came for the stated window. A node posts one push
 * at a time, so that a slow receiver may have it busy for long: it is stuck when none of them arrives.
 */
export async function untilQuiet({ control, absenceWindowMs, sink }: Stack): Promise<void> {
  if (!control) return awakeFor(absenceWindowMs)
  for (let wait = 1; wait <= longestWaits; wait++) {
    const before = sink?.count()
    if (await control.settle(settleMs)) return
    if (before === sink?.count()) break
  }
  throw new StoryError(`the target was not at rest after ${settleMs / 1000} s`)
}
