import type { ChatOperation, ChatOutcome, ChatRequest } from '../messages.ts'
import type { OkOutcome } from './answered-message.ts'
import type { FaultGate } from './gate.ts'

/** A gate that serves another request than the one that came, of one operation or of some. */
export function changedRequest(
  operation: ChatOperation | readonly ChatOperation[],
  change: (request: ChatRequest) => ChatRequest,
): FaultGate {
  return { request: request => ([operation].flat().includes(request.operation) ? change(request) : request) }
}

/** A gate that changes what one operation is answered where it succeeds. */
export function changedOutcome(
  operation: ChatOperation,
  change: (outcome: OkOutcome, request: ChatRequest) => ChatOutcome,
): FaultGate {
  return {
    outcome: (request, outcome) =>
      request.operation === operation && outcome.kind === 'ok' ? change(outcome, request) : outcome,
  }
}

/** The last good answer of each chat with its tokens, for faults that mix chats up or go on after their end. */
export interface LastAnswers {
  of(chatId: string): (OkOutcome & { userId: string; secureKey: string }) | undefined
  see(outcome: ChatOutcome): void
}

export function rememberAnswers(): LastAnswers {
  const byChat = new Map<string, OkOutcome & { userId: string; secureKey: string }>()
  return {
    of: chatId => byChat.get(chatId),
    see(outcome) {
      if (outcome.kind !== 'ok' || outcome.userId === undefined || outcome.secureKey === undefined) return
      byChat.set(outcome.chatId, { ...outcome, userId: outcome.userId, secureKey: outcome.secureKey })
    },
  }
}

/** A gate that sees each request together with the last good answer of its chat. */
export function requestsOfKnownChats(
  change: (request: ChatRequest, last: OkOutcome & { userId: string; secureKey: string }) => ChatRequest,
): FaultGate {
  const known = rememberAnswers()
  return {
    request(request) {
      const last = known.of(request.chatId)
      return last ? change(request, last) : request
    },
    outcome(_request, outcome) {
      known.see(outcome)
      return outcome
    },
  }
}
