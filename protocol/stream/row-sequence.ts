import type { ShardOperation, ShardRow } from './shard-stream.ts'

// What the column `sequence` says beside a number that the row's own file explains: two yes-or-no facts, or an index and one.

/** Requests of a CometD customer for notifications that it was not driven to by a lost connection. */
const looks: ReadonlySet<ShardOperation> = new Set<ShardOperation>(['refresh', 'ping', 'finalRefresh'])

/** Of a customer that is pushed as well: what it knew when it asked for notifications. */
export interface Look {
  /** Highest index that it knew of. */
  knownTo: number
  /** The request waited behind a cut of ours. */
  hasWaited: boolean
}

export function lookSequence({ knownTo, hasWaited }: Look): number {
  return 2 * knownTo + (hasWaited ? 1 : 0)
}

/** undefined of a row that is no look, or of a customer that is not pushed as well. */
export function lookOf({ operation, sequence }: ShardRow): Look | undefined {
  if (!looks.has(operation) || sequence < 0) return undefined
  return { knownTo: Math.floor(sequence / 2), hasWaited: sequence % 2 === 1 }
}

/** How a notification came to its customer. */
export interface Hearsay {
  /** It cannot have overtaken others on its way. */
  isInOrder: boolean
  /** Its customer was away because we had cut its connection. */
  wasCut: boolean
}

export function notificationSequence({ isInOrder, wasCut }: Hearsay): number {
  return (isInOrder ? 1 : 0) + (wasCut ? 2 : 0)
}

export function hearsayOf({ sequence }: ShardRow): Hearsay {
  return { isInOrder: (sequence & 1) !== 0, wasCut: (sequence & 2) !== 0 }
}

/** A resume of a customer that was away because we had cut its connection, and is late for no fault of the target. */
export function isOwnCut({ operation, sequence }: ShardRow): boolean {
  return operation === 'resume' && sequence === 1
}
