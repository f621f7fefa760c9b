import type { PushMode } from '../protocol/push/mode.ts'
import type { Frame } from './fake-books.ts'
import type { FakeHistory } from './fake-history.ts'

/** Chooses one of the places that fit, by the seed. */
export type Pick = <Place>(places: readonly Place[]) => Place

export interface Falsification {
  /** What is falsified, in the words of the page. */
  name: string
  /** Own activity is pushed, too. */
  notifyRequestor?: true
  touch?(history: FakeHistory, pick: Pick): void
  touchFrames?(frames: Frame[], pick: Pick): void
  /** In each mode in which there is such an event: every difference from the books of the untouched history. */
  found: Partial<Record<PushMode | 'comet', Found>>
}

/** Counts that are higher or lower, rules that are cited and how often, and the sentences of a fault. */
export type Found = Record<string, number | string>
