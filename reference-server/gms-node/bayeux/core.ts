import type { Clock } from '../../clock.ts'
import type { FaultGate } from '../../faults/gate.ts'
import type { Log } from '../../log.ts'
import type { Random } from '../../random.ts'
import type { DeadlineHeap } from '../../time/deadline-heap.ts'
import type { BayeuxOptions } from './bayeux-options.ts'
import type { ErrorTexts } from './errors.ts'
import type { BayeuxMessage } from './message.ts'
import type { Session } from './session.ts'
import type { Subscriptions } from './subscriptions.ts'

/** Why a session is gone. */
export type EndReason = 'disconnected' | 'dismissed' | 'expired' | 'queue limit'

/**
 * Answers a publish on a service channel; the publish itself has its own reply. What it delivers to the publisher before
 * it returns travels with that reply.
 */
export type ServiceHandler = (session: Session, data: unknown, channel: string) => void

/** Does what a publish on a channel asks for. */
export type Taker = (core: Core, session: Session, message: BayeuxMessage, channel: string) => void

/** What the handlers of messages share: all state of one node's Bayeux server, and what it needs from outside. */
export interface Core {
  readonly options: BayeuxOptions
  readonly texts: ErrorTexts
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly fault: (() => FaultGate | undefined) | undefined
  readonly sessions: Map<string, Session>
  readonly subscriptions: Subscriptions
  /** Told of events, JSON texts, at once before they are written. */
  readonly onWrite: ((session: Session, events: readonly string[]) => void) | undefined
  /** By channel; `/service/x/` with its last slash stands for all channels one level below. */
  readonly services: Map<string, ServiceHandler>
  /** Channels on which something was published: their names are legal. */
  readonly published: Map<string, Taker>
  /** UTF-16 units that wait for all sessions together. */
  queuedLength: number
  /** Held connects by browser cookie. */
  readonly heldByBrowser: Map<string, number>
  readonly deadlines: DeadlineHeap<Session>
  /** To be called when a deadline may have become the earliest. */
  arm(): void
  readonly ended: ((session: Session, reason: EndReason) => void)[]
}
