import type { ChatRequest } from '../../messages.ts'
import { type Environment, settings } from '../environment.ts'
import { touch } from '../life-cycle.ts'
import type { RegisteredNode } from '../node-registry.ts'
import type { Session } from '../session.ts'
import { type CometLine, lineOf } from './comet-line.ts'

/**
 * From now on the events of the chat go to this CometD session and to no other (CV2-115, CV2-133). It is a registration
 * for notifications like a push subscription (CS-047): refused while they are off, unless the chat has one already
 * (CS-040), and with the longer timer (CS-045).
 */
export function attachLine(
  environment: Environment,
  session: Session,
  { comet }: ChatRequest,
  node: RegisteredNode | undefined,
): void {
  if (!comet || comet.attachment === 0 || !node) return
  if (!session.isRegistered && !environment.options.flag(settings, 'flex-push-enabled')) {
    environment.log('CometD notifications refused: flex-push-enabled is false', session)
    return
  }
  const before = lineOf(session)
  const isSame = before?.node === node && before.attachment === comet.attachment
  if (before && !isSame) before.node.link.send({ kind: 'detached', attachment: before.attachment })
  session.comet = {
    node,
    attachment: comet.attachment,
    pushesToo: comet.pushesToo,
    isAnswering: false,
    isBehind: false,
  }
  session.isRegistered = true
  touch(environment, session)
}

/** Of a session that is being restored for its CometD session. */
export function lineBehind({ comet }: ChatRequest, node: RegisteredNode | undefined): CometLine | undefined {
  if (!comet || comet.attachment === 0 || !node) return undefined
  return { node, attachment: comet.attachment, pushesToo: comet.pushesToo, isAnswering: false, isBehind: true }
}

/** The CometD session is gone or has gone over to another chat (PUSH-112). */
export function detachLine(session: Session, node: RegisteredNode | undefined, attachment: number): void {
  if (session.comet?.node === node && session.comet?.attachment === attachment) session.comet = undefined
}
