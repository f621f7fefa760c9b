import type { ChatEvent } from '../../protocol/chat/event.ts'
import { isPushed } from '../../protocol/push/mode.ts'
import { isPlanted } from '../faults/is-planted.ts'
import { silencesPushes } from './comet/comet-line.ts'
import type { Environment } from './environment.ts'
import { eventNotice, triggerNotice } from './notices.ts'
import { notifyAtOnce, retryUnsent } from './resend.ts'
import type { Session } from './session.ts'

/** Pushes a customer-visible event unless it is the customer's own and only others' activity was asked for (OQ-27). */
export function pushEvent(environment: Environment, session: Session, event: ChatEvent, isOwn: boolean): void {
  const { push } = session
  if (!push || (isOwn && !push.notifyRequestor) || silencesPushes(session)) return
  const mode = push.resend ? 'reliable' : push.includePayload ? 'payload' : 'device-id'
  if (!isPushed(event.type, mode) && !isPlanted(environment.faults, 'typing-triggers')) {
    retryUnsent(environment, session)
  } else if (push.resend) notifyAtOnce(environment, session, push, event)
  // Not queued when no node is there: after re-association only new events are pushed (CS-057).
  else environment.notify(session, eventNotice(session, push, event, false))
}

/**
 * The last push of a subscription: the party has been removed. Reliable: once, position -1, never repeated (CS-066,
 * CS-073); else its ParticipantLeft with the quit reason, 0 and 3 included (PUSH-033).
 */
export function pushRemoval(environment: Environment, session: Session, event: ChatEvent, chatEnded: boolean): void {
  const { push } = session
  if (!push) return
  const { index, type: eventType } = event
  environment.notify(
    session,
    push.resend
      ? triggerNotice(environment, session, push, { index, eventType, attempt: 0, position: -1, chatEnded })
      : eventNotice(session, push, event, chatEnded),
  )
}
