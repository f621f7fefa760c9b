import type { ChatEvent } from '../../protocol/chat/event.ts'
import type { ChatOutcome, ChatRequest } from '../messages.ts'

export type OkOutcome = ChatOutcome & { kind: 'ok' }

/** Place of the last message of somebody else in a refresh answer, -1 = the answer has none. */
export function lastForeignMessage(request: ChatRequest, outcome: ChatOutcome): number {
  if (request.operation !== 'refresh' || outcome.kind !== 'ok') return -1
  return outcome.events.findLastIndex(event => event.type === 'Message' && event.from.type !== 'Client')
}

export function withEvent(outcome: OkOutcome, at: number, events: ChatEvent[]): OkOutcome {
  return { ...outcome, events: outcome.events.toSpliced(at, 1, ...events) }
}
