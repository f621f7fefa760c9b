import type { ChatEvent } from '../../protocol/chat/event.ts'

/** An event as a customer gets it: quit reasons 0 and 3 are for customhttp pushes only (CV2-061, CS-010). */
export function asAnswered(event: ChatEvent): ChatEvent {
  if (event.type !== 'ParticipantLeft' || event.userData === undefined) return event
  const reason = event.userData['quit-reason-code']
  if (reason !== '0' && reason !== '3') return event
  const { userData, ...rest } = event
  return rest
}
