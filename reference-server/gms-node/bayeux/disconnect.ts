import type { Core } from './core.ts'
import { releaseForEver } from './hold-connect.ts'
import { type BayeuxMessage, idMember } from './message.ts'
import { success } from './reply.ts'
import type { Session } from './session.ts'
import { forget } from './session-life.ts'

/** The held connect is answered too, and every later message is 402 (BX-110 to BX-112). */
export function disconnect(core: Core, session: Session, message: BayeuxMessage): string {
  releaseForEver(core, session)
  forget(core, session, 'disconnected')
  return success('/meta/disconnect', idMember(message))
}
