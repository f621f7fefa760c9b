import { awakeFor } from '../awake.ts'
import type { Stack } from '../stack.ts'
import { StoryError } from './broken-rule.ts'

/** Longer than any story leaves something moving; a target that is still busy then is stuck. */
const settleMs = 8_000

/** Nothing more comes by itself: told by the control port, or because nothing came for the stated window. */
export async function untilQuiet({ control, absenceWindowMs }: Stack): Promise<void> {
  if (!control) return awakeFor(absenceWindowMs)
  if (!(await control.settle(settleMs))) throw new StoryError(`the target was not at rest after ${settleMs / 1000} s`)
}
