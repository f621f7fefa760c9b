import { isPlanted } from '../faults/is-planted.ts'
import type { Environment } from './environment.ts'
import { restartIdle } from './idle-activity.ts'
import { left } from './removal.ts'
import { quiet } from './resend.ts'
import { customerOf, type Party, type Session } from './session.ts'
import type { StoredSession } from './stored-session.ts'
import type { PushSubscription, ResendState } from './subscription.ts'
import { append } from './transcript.ts'

/** A session as it was when it was stored last; its timers stand, but for the idle timer's deadline (CS-092). */
export function sessionFrom(chatId: string, { facts, state, transcript }: StoredSession): Session {
  const { parties, system } = partiesOf(transcript)
  return {
    chatId,
    service: facts.service,
    isAsync: facts.isAsync,
    startedAtMs: facts.startedAtMs,
    userData: state.userData,
    transcript: [...transcript],
    agentOnly: state.agentOnly,
    parties,
    system,
    userId: facts.userId,
    secureKey: state.secureKey,
    oldKeys: state.oldKeys,
    lifeState: 'REGULAR',
    leftReason: undefined,
    leftIndex: 0,
    restIsOwed: false,
    retrieved: state.retrieved,
    push: state.push && subscriptionFrom(state.push, state.resend),
    comet: undefined,
    isRegistered: state.isRegistered,
    nodeGroup: facts.nodeGroup,
    node: undefined,
    idleStage: state.idleStage,
    over: false,
    readReceipts: state.readReceipts,
    files: state.files,
    saved: state,
    lifeAtMs: 0,
    idleAtMs: state.idleAtMs,
    resendAtMs: 0,
    queuedForMs: 0,
    heapIndex: -1,
  }
}

/** Everybody but the customer has lost the connection: reason 8 (CS-086). */
export function normalise(environment: Environment, session: Session): void {
  const { idleStage, idleAtMs } = session
  for (const party of session.parties) {
    if (party === customerOf(session) || !party.present) continue
    party.present = false
    if (!isPlanted(environment.faults, 'agent-never-left'))
      append(environment, session, party, left(isPlanted(environment.faults, 'restored-without-reason-8') ? 0 : 8))
  }
  // That they are gone is nobody's activity. The regular control starts anew, which needs an agent (CS-035).
  if (session.isAsync && !isPlanted(environment.faults, 'idle-timer-starts-anew')) {
    session.idleStage = idleStage
    session.idleAtMs = idleAtMs
  } else restartIdle(environment, session)
}

/** What was announced and not retrieved was announced by a server that is gone: tried again (CS-053), counted anew. */
function subscriptionFrom(push: PushSubscription, resend: ResendState | undefined): PushSubscription {
  if (!push.resend) return { ...push }
  const isOpen = resend?.phase === 'waiting' || resend?.phase === 'unsent'
  return { ...push, resend: isOpen ? { ...resend, phase: 'unsent', attempt: 0 } : quiet }
}

/** The transcript tells who came, went and changed the name. */
function partiesOf(transcript: StoredSession['transcript']): { parties: Party[]; system: Party | undefined } {
  const parties = new Map<number, Party>()
  let system: Party | undefined
  for (const { from, type } of transcript) {
    const known = parties.get(from.participantId)
    if (known) {
      known.from = from
      if (type === 'ParticipantLeft') known.present = false
    } else if (type === 'ParticipantJoined') parties.set(from.participantId, { from, present: true })
    // Idle control speaks without having joined (OQ-20).
    else system ??= { from, present: true }
  }
  return { parties: [...parties.values()], system }
}
