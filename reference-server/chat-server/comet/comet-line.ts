import type { RegisteredNode } from '../node-registry.ts'
import type { Session } from '../session.ts'

/** The CometD session that gets the events of a chat, as its node numbers it (OQ-22). */
export interface CometLine {
  readonly node: RegisteredNode
  readonly attachment: number
  /** Pushes are sent beside it: `push_notification_to_active_client` of the node. */
  readonly pushesToo: boolean
  /** A request of this CometD session is being served: what its customer does is in the answer (CV2-120). */
  isAnswering: boolean
  /** It is there and has still to be sent what it missed: what happens meanwhile is part of that (CV2-119, PUSH-111). */
  readonly isBehind: boolean
}

/** @returns undefined where nobody is attached, or the node is gone with its CometD sessions. */
export function lineOf(session: Session): CometLine | undefined {
  if (session.comet && !session.comet.node.isConnected) session.comet = undefined
  return session.comet
}

/** PUSH-111: no pushes while the CometD connection is there. */
export function silencesPushes(session: Session): boolean {
  return lineOf(session)?.pushesToo === false
}
