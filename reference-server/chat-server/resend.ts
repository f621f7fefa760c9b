import type { ChatEvent } from '../../protocol/chat/event.ts'
import { isPlanted } from '../faults/is-planted.ts'
import { type Environment, settings } from './environment.ts'
import { triggerNotice } from './notices.ts'
import type { Session } from './session.ts'
import type { PushSubscription, ResendState } from './subscription.ts'

/** Shared: most subscriptions are quiet most of the time. */
export const quiet: ResendState = Object.freeze({ phase: 'quiet' })

/** A new event: attempt 0 at once, whatever was waiting (CS-064, CS-069). */
export function notifyAtOnce(
  environment: Environment,
  session: Session,
  push: PushSubscription,
  event: Pick<ChatEvent, 'index' | 'type'>,
): void {
  const keptAtMs = isPlanted(environment.faults, 'further-event-keeps-timer') ? session.resendAtMs : 0
  send(environment, session, push, {
    attempt: 0,
    position: session.retrieved,
    index: event.index,
    eventType: event.type,
  })
  session.resendAtMs = keptAtMs || session.resendAtMs
}

/** The client pulled the transcript: no more repetitions (CS-061, CS-067, CS-068). */
export function confirm(environment: Environment, session: Session): void {
  if (!session.push?.resend || session.push.resend.phase === 'quiet') return
  if (environment.faults?.()?.confirms?.(session.chatId) === false) return
  session.push.resend = quiet
  session.resendAtMs = 0
}

/** `flex-push-resend-delay` has passed without a pull (CS-060, CS-062). */
export function resendDue(environment: Environment, session: Session): void {
  session.resendAtMs = 0
  const { push } = session
  const state = push?.resend
  if (!push || !state || state.phase !== 'waiting') return
  if (state.attempt >= environment.options.integer(settings, 'flex-push-resend-attempts')) {
    push.resend = { ...state, phase: 'exhausted' }
    if (isPlanted(environment.faults, 'resend-starts-over')) send(environment, session, push, { ...state, attempt: 0 })
    return
  }
  send(environment, session, push, { ...state, attempt: state.attempt + 1 })
}

/** Something happened in the session: what no node could take is tried again (CS-053). */
export function retryUnsent(environment: Environment, session: Session): void {
  const { push } = session
  if (isPlanted(environment.faults, 'unsent-never-tried-again')) return
  if (push?.resend?.phase === 'unsent') send(environment, session, push, push.resend)
}

interface Attempt {
  attempt: number
  position: number
  index: number
  eventType: ChatEvent['type']
}

function send(environment: Environment, session: Session, push: PushSubscription, attempt: Attempt): void {
  const { index, eventType, attempt: count, position } = attempt
  const trigger = { index, eventType, attempt: count, position, chatEnded: false }
  const isSent = environment.notify(session, triggerNotice(environment, session, push, trigger))
  const wasSent = isSent || isPlanted(environment.faults, 'unsent-tried-again-by-timer')
  push.resend = { phase: wasSent ? 'waiting' : 'unsent', attempt: count, position, index, eventType }
  const delayMs = environment.options.integer(settings, 'flex-push-resend-delay') * 1000
  session.resendAtMs = wasSent ? environment.now() + delayMs : 0
}
