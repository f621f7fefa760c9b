import type { ChatEvent } from '../../protocol/chat/event.ts'
import type { OptionReader } from '../actors.ts'
import type { FaultGate } from '../faults/gate.ts'
import type { PushNotice } from '../messages.ts'
import type { Random } from '../random.ts'
import type { Session } from './session.ts'

/**
 * What the functions of a session need and what they cause. They take (environment, session, input) and change
 * nothing but that session; everything else leaves through here, so that they run without a server in tests.
 */
export interface Environment {
  /** DBID of this Chat Server, decimal (OQ-35). */
  readonly alias: string
  readonly options: OptionReader
  readonly random: Random
  readonly faults: (() => FaultGate | undefined) | undefined
  now(): number
  /** The event has its index and stands in the transcript. */
  accepted(session: Session, event: ChatEvent): void
  /** @returns false when no GMS node was there to take it (CS-054). */
  notify(session: Session, notice: PushNotice): boolean
  /** A file that no session has any more. */
  dropFile(fileId: string): void
  /** No customer and no agent is left, or the chat was closed. */
  ended(session: Session): void
  log(line: string, session: Session, fields?: Record<string, string | number | boolean>): void
}

/** Sections that the functions of a session read. */
export const settings = 'settings'
export const inactivity = 'inactivity-control'
