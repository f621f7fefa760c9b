import type { ChatEvent } from '../../protocol/chat/event.ts'
import type { IdleStage, Session } from './session.ts'
import type { PushSubscription, ResendState } from './subscription.ts'

/** What another Chat Server needs to go on with a session (CS-081). Plain data. */
export interface StoredSession {
  facts: StoredFacts
  state: StoredState
  transcript: readonly ChatEvent[]
}

/** Never changes while the session lives. */
export interface StoredFacts {
  service: string
  isAsync: boolean
  startedAtMs: number
  userId: string
  nodeGroup: string
}

/** The rest at one moment. A session replaces these values instead of changing them, so this is a copy. */
export interface StoredState {
  /** Length of the transcript. */
  events: number
  secureKey: string
  oldKeys: Session['oldKeys']
  userData: Record<string, string>
  agentOnly: number[] | undefined
  readReceipts: Session['readReceipts']
  files: Session['files']
  retrieved: number
  /** As it was asked for last (CV2-148). Its `resend` only tells whether delivery is reliable, the state is beside it. */
  push: PushSubscription | undefined
  isRegistered: boolean
  resend: ResendState | undefined
  idleStage: IdleStage
  idleAtMs: number
}

/** One write: what is new since the one before. */
export interface StoredChange {
  chatId: string
  /** With the first write only. */
  facts: StoredFacts | undefined
  state: StoredState
  events: readonly ChatEvent[]
}

export function factsOf(session: Session): StoredFacts {
  const { service, isAsync, startedAtMs, userId, nodeGroup } = session
  return { service, isAsync, startedAtMs, userId, nodeGroup }
}

export function stateOf(session: Session): StoredState {
  return {
    events: session.transcript.length,
    secureKey: session.secureKey,
    oldKeys: session.oldKeys,
    userData: session.userData,
    agentOnly: session.agentOnly,
    readReceipts: session.readReceipts,
    files: session.files,
    retrieved: session.retrieved,
    push: session.push,
    isRegistered: session.isRegistered,
    resend: session.push?.resend,
    idleStage: session.idleStage,
    idleAtMs: session.idleAtMs,
  }
}

/** Whether another server would go on just as well from what was stored last. */
export function isStored(session: Session, saved: StoredState): boolean {
  return (
    saved.events === session.transcript.length &&
    saved.secureKey === session.secureKey &&
    saved.userData === session.userData &&
    saved.readReceipts === session.readReceipts &&
    saved.files === session.files &&
    saved.idleStage === session.idleStage &&
    saved.idleAtMs === session.idleAtMs &&
    saved.push === session.push &&
    saved.isRegistered === session.isRegistered &&
    saved.resend === session.push?.resend &&
    // Where nothing is repeated, nobody asks for it between two messages.
    (saved.resend === undefined || saved.retrieved === session.retrieved)
  )
}
