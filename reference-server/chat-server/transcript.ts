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
  const documented = newEvent(session, party, input, environment.now())
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

/** In the order of members of the documentation's samples. */
function newEvent(session: Session, { from }: Party, input: NewEvent, nowMs: number): ChatEvent {
  const { type, text, messageType, userData } = input
  const index = nextPosition(session)
  // Chat Server works in whole seconds (CV2-057).
  const utcTime = Math.floor(nowMs / 1000) * 1000
  // A plain message is most of what there is, and a literal costs a third of what spreading costs.
  if (text !== undefined && messageType === undefined && userData === undefined)
    return { from, index, type, text, utcTime }
  return {
    from,
    index,
    type,
    ...(text === undefined ? undefined : { text }),
    ...(messageType === undefined ? undefined : { messageType }),
    utcTime,
    ...(userData === undefined ? undefined : { userData }),
  }
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
