import type { TransportName } from './bayeux-options.ts'
import type { Core } from './core.ts'
import type { Session } from './session.ts'
import { intervalOf } from './session-life.ts'

/** The advice of a reply over this transport, ready to be written (A7); the next one follows when something changed. */
export function adviceMember(core: Core, session: Session, transport: TransportName): string {
  session.advisedOver = transport
  return `,"advice":{"interval":${intervalOf(core, session)},"timeout":${core.options.timeoutMs},"reconnect":"retry"}`
}
