import { ackMember } from './acknowledgement.ts'
import { adviceMember } from './advice.ts'
import type { Carrier } from './carrier.ts'
import type { Core } from './core.ts'
import { withExt } from './ext.ts'
import { drain } from './queue.ts'
import { adviseNone, success } from './reply.ts'
import { send } from './send.ts'
import type { Session } from './session.ts'
import { expectConnect, wakeAt } from './session-life.ts'
import { timesyncMember } from './timesync.ts'

/** The connect waits for an event or the end of its time; until then the session cannot expire (A8). */
export function hold(core: Core, session: Session, carrier: Carrier, timeoutMs: number): void {
  session.held = carrier
  session.heldUntilMs = core.clock.now() + timeoutMs
  if (carrier.transport !== 'websocket') count(core, session, 1)
  wakeAt(core, session, session.heldUntilMs)
}

/** The connect is no longer held; whoever calls answers it, or nobody does. */
export function letGo(core: Core, session: Session): void {
  if (session.held && session.held.transport !== 'websocket') count(core, session, -1)
  session.held = undefined
}

/** Answers the held connect with all that waits; into a carrier that is gone nothing is written and nothing lost. */
export function release(core: Core, session: Session): void {
  const carrier = session.held!
  letGo(core, session)
  expectConnect(core, session)
  if (!carrier.isOpen()) return
  const advice = session.isAdviceDue ? adviceMember(core, session, carrier.transport) : ''
  const reply = replyToConnect(core, session, advice)
  send(core, carrier, session, drain(core, session), [reply])
}

/** Of the connect that came last; the events that go with it are drained afterwards. */
export function replyToConnect({ clock }: Core, session: Session, advice: string): string {
  const sync = timesyncMember(session.heldSync, clock.now())
  return withExt(success('/meta/connect', session.heldId, advice), ackMember(session), sync)
}

/** The end of the session is the end of its connect (BX-111). */
export function releaseForEver(core: Core, session: Session): void {
  const carrier = session.held
  if (!carrier) return
  letGo(core, session)
  if (!carrier.isOpen()) return
  const reply = replyToConnect(core, session, adviseNone)
  send(core, carrier, session, drain(core, session), [reply])
}

/** A newer connect of the same session takes over (BX-048, BX-144). */
export function supersede(core: Core, session: Session): void {
  const older = session.held
  if (!older) return
  letGo(core, session)
  if (older.transport !== 'websocket' && older.isOpen()) older.fail()
}

/** BX-123: another session of the same browser polls already, and browsers have few connections. */
export function isCrowded({ options, heldByBrowser }: Core, session: Session): boolean {
  const most = options.maxSessionsPerBrowser
  return most >= 0 && (heldByBrowser.get(session.browser) ?? 0) >= most
}

function count({ heldByBrowser }: Core, { browser }: Session, change: 1 | -1): void {
  const held = (heldByBrowser.get(browser) ?? 0) + change
  if (held === 0) heldByBrowser.delete(browser)
  else heldByBrowser.set(browser, held)
}
