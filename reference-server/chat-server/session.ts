import type { ChatEvent, PartyType } from '../../protocol/chat/event.ts'
import type { Waiting } from '../time/deadline-heap.ts'
import type { CometLine } from './comet/comet-line.ts'
import type { FileShelf } from './files/file-shelf.ts'
import type { RegisteredNode } from './node-registry.ts'
import type { StoredState } from './stored-session.ts'
import type { PushSubscription } from './subscription.ts'

/**
 * All that a Chat Server knows about a chat: plain data, one flat object, because a hundred thousand of them wait at
 * once. As `Waiting` it stands in the server's deadline heap at most once, for the earliest of its deadlines.
 */
export interface Session extends Waiting {
  chatId: string
  service: string
  isAsync: boolean
  /** Epoch ms, whole second. */
  startedAtMs: number
  /** Attached data; shown to agents. Replaced, never changed, when a value changes. */
  userData: Record<string, string>
  /** Invariant: the event at place i has index i + 1, agent-only events included (OQ-07). */
  transcript: ChatEvent[]
  /** Indexes that customers never see (CV2-066). */
  agentOnly: number[] | undefined
  /** The customer is parties[0], participant 1 (CV2-053). */
  parties: Party[]
  /** Lazily, when idle control first speaks (OQ-20). */
  system: Party | undefined
  userId: string
  secureKey: string
  /** Former keys that are still accepted (refserver rotate-secure-key). */
  oldKeys: { key: string; untilMs: number }[] | undefined
  lifeState: LifeState
  /** Why the customer is gone (CV2-061 f.). */
  leftReason: QuitReason | undefined
  /** Index of the customer's ParticipantLeft: the end of what a last refresh shows. */
  leftIndex: number
  /** One refresh after the end still shows the rest (CV2-108, OQ-12). */
  restIsOwed: boolean
  /** First index that the customer has not pulled yet (CS-065). */
  retrieved: number
  push: PushSubscription | undefined
  /** Where the events go that CometD clients get unasked. */
  comet: CometLine | undefined
  /** For these, now or before (CS-047). */
  isRegistered: boolean
  nodeGroup: string
  /** Associated GMS node; may be one that has disconnected meanwhile (CS-050). */
  node: RegisteredNode | undefined
  idleStage: IdleStage
  over: boolean
  readReceipts: { participantId: number; index: number }[] | undefined
  files: FileShelf | undefined
  /** What the store has, undefined = nothing. */
  saved: StoredState | undefined
  /** Deadlines, epoch ms; 0 = not running. */
  lifeAtMs: number
  idleAtMs: number
  resendAtMs: number
}

export interface Party {
  /** Shared by the party's events; replaced, never changed, when the nickname changes (CV2-064). */
  from: ChatEvent['from']
  present: boolean
}

/** CS-001 ff. */
export type LifeState = 'REGULAR' | 'ACTIVE' | 'PINGED' | 'DISCONNECTING' | 'REMOVED'
/** CV2-061 f. */
export type QuitReason = 0 | 3 | 4 | 5 | 6 | 7 | 8
/** 0 = watching, 1 = alerted, 2 = alerted for the last time. */
export type IdleStage = 0 | 1 | 2

export function isAgentSide(type: PartyType): boolean {
  return type === 'Agent' || type === 'Supervisor'
}

export function customerOf(session: Session): Party {
  return session.parties[0]!
}

export function agentIsPresent(session: Session): boolean {
  return session.parties.some(party => party.present && isAgentSide(party.from.type))
}

export function setData(session: Session, key: string, value: string): void {
  session.userData = { ...session.userData, [key]: value }
}

export function lastIndex(session: Session): number {
  return session.transcript.length
}

/** Highest assigned index + 1, agent-only events included (CV2-087). */
export function nextPosition(session: Session): number {
  return session.transcript.length + 1
}

/** Participant ids are never used twice (CV2-053). */
export function nextParticipantId(session: Session): number {
  return session.parties.length + (session.system ? 2 : 1)
}

/** Earliest running deadline, 0 = none. */
export function nextDeadline(session: Session): number {
  let earliest = session.lifeAtMs
  if (session.idleAtMs !== 0 && (earliest === 0 || session.idleAtMs < earliest)) earliest = session.idleAtMs
  if (session.resendAtMs !== 0 && (earliest === 0 || session.resendAtMs < earliest)) earliest = session.resendAtMs
  return earliest
}
