import type { ChatEvent, EventType } from '../../protocol/chat/event.ts'
import { isPlanted } from '../faults/is-planted.ts'
import { asAnswered } from './as-answered.ts'
import { notifyLine } from './comet/notify-line.ts'
import type { Environment } from './environment.ts'
import { considerActivity } from './idle-activity.ts'
import { pushEvent } from './push-event.ts'
import { retryUnsent } from './resend.ts'
import { customerOf, nextPosition, type Party, type Session } from './session.ts'

export interface NewEvent {
  type: EventType
  text?: string | undefined
  messageType?: string | undefined
  userData?: Record<string, string>
  /** Customers never see it, but it uses up an index (CV2-066). */
  agentOnly?: boolean
}

/** Gives the event its index, stores it and pushes it where it must be pushed. */
export function append(environment: Environment, session: Session, party: Party, input: NewEvent): ChatEvent {
  const documented: ChatEvent = {
    from: party.from,
    index: nextPosition(session),
    type: input.type,
    ...(input.text === undefined ? undefined : { text: input.text }),
    ...(input.messageType === undefined ? undefined : { messageType: input.messageType }),
    // Chat Server works in whole seconds (CV2-057).
    utcTime: Math.floor(environment.now() / 1000) * 1000,
    ...(input.userData === undefined ? undefined : { userData: input.userData }),
  }
  const event = environment.faults?.()?.event?.(documented, session.chatId) ?? documented
  session.transcript.push(event)
  if (input.agentOnly) session.agentOnly = [...(session.agentOnly ?? []), event.index]
  considerActivity(environment, session, event, input.agentOnly === true)
  environment.accepted(session, event)
  // Never pushed, but activity all the same (CS-053).
  if (input.agentOnly && !isPlanted(environment.faults, 'agent-notes-pushed')) retryUnsent(environment, session)
  else {
    const isOwn = party === customerOf(session)
    pushEvent(environment, session, event, isOwn)
    notifyLine(session, event, isOwn)
  }
  return event
}

/** What a customer gets from `position` on; position 0 = nothing (CV2-080 to CV2-086). */
export function visibleFrom(environment: Environment, session: Session, position: number): ChatEvent[] {
  if (position < 1) return []
  const gate = environment.faults?.()
  const end = session.leftReason === undefined ? session.transcript.length : session.leftIndex
  const events: ChatEvent[] = []
  for (let place = position - 1; place < end; place++) {
    const event = session.transcript[place]!
    const documented = session.agentOnly === undefined || !session.agentOnly.includes(event.index)
    if (gate?.visible?.(event, session.chatId) ?? documented) events.push(asAnswered(event))
  }
  return events
}
