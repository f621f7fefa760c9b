import { requestChatForm } from '../scenarios/load/forms.ts'
import { createSession } from '../scenarios/load/session.ts'

/** Request chat as the scenario's client sends it: an async chat whose events are pushed with their payload. */
export function payloadChatForm(session: number, run = 'bench0', shard = 0): string {
  const plan = { session, slot: session, plannedMs: 0, mode: 'payload', endsBy: 'drain', endsMs: 0 } as const
  return requestChatForm(createSession(plan, run, shard), false)
}
