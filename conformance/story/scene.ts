import type { CaseHead } from '../case-head.ts'
import type { Need } from '../rules/rule.ts'
import type { Stack } from '../stack.ts'
import type { BrokenRule } from './broken-rule.ts'
import type { Conversation } from './conversation.ts'

/** What the actors of one story share. */
export interface Scene {
  case: CaseHead
  stack: Stack
  conversation: Conversation
  /** Throws, or keeps the finding where this target is not held to the rule. */
  report(broken: BrokenRule): void
  /** An actor is used: the case must have declared it. */
  use(need: Need): void
  /** A device id that no other session has. */
  nextDeviceId(): { deviceId: string; run: string; session: number }
  /** Done when the story is over, however it ends: by kind in the order of `undoKinds`, within a kind the last one first. */
  undo(kind: UndoKind, task: () => Promise<unknown>): void
}

/** Options are put back before the actors restart, which then read them. */
export const undoKinds = ['pushes', 'chats', 'links', 'options', 'actors'] as const
export type UndoKind = (typeof undoKinds)[number]
