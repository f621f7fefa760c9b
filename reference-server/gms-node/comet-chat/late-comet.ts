import type { Clock } from '../../clock.ts'
import type { FaultGate } from '../../faults/gate.ts'
import type { BayeuxServer } from '../bayeux/bayeux-server.ts'
import type { Session } from '../bayeux/session.ts'

/**
 * Planted lateness: of notifications, behind which everything for the same session waits so that order is kept, and of what
 * asks for the events from a position on; from the first one on is no resume.
 */
export function lateComet(bayeux: BayeuxServer, clock: Clock, fault: (() => FaultGate | undefined) | undefined) {
  const late = (what: 'notification' | 'resume') => fault?.()?.lateOverComet?.(what)
  const dueMs = new WeakMap<Session, number>()

  function deliverText(session: Session, text: string): void {
    const ms = text.includes('"monitored":') ? late('notification') : undefined
    const beforeMs = dueMs.get(session) ?? 0
    const nowMs = clock.now()
    if (ms === undefined && beforeMs <= nowMs) return void bayeux.deliverText(session, text)
    const atMs = Math.max(beforeMs, nowMs + (ms ?? 0))
    dueMs.set(session, atMs)
    clock.at(atMs, () => bayeux.deliverText(session, text))
  }

  function onService(service: string, handler: Parameters<BayeuxServer['onService']>[1]): void {
    bayeux.onService(service, (session, data, channel) => {
      const { operation, transcriptPosition } = Object(data) as { operation?: unknown; transcriptPosition?: unknown }
      const isResume = operation === 'requestNotifications' && Number(transcriptPosition) > 1
      const ms = isResume ? late('resume') : undefined
      if (ms === undefined) handler(session, data, channel)
      else clock.at(clock.now() + ms, () => session.isEnded || handler(session, data, channel))
    })
  }

  return { ...bayeux, deliverText, onService }
}
