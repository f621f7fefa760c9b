import type { ChatRequest } from '../messages.ts'
import type { Environment } from './environment.ts'
import { makeSecureKey, makeUserId } from './identifiers.ts'
import { touch } from './life-cycle.ts'
import { isTrue, readSubscription } from './push-subscription.ts'
import { customerOf, nextPosition, type Session } from './session.ts'
import { copyText, copyUserData, shareText } from './stored-text.ts'
import { append } from './transcript.ts'

/** Request chat: the session, its customer party and, where asked for, its push subscription (CS-042). */
export function startSession(environment: Environment, chatId: string, request: ChatRequest): Session {
  const { random } = environment
  const userData = copyUserData(request.userData)
  const session: Session = {
    chatId,
    service: shareText(request.service),
    isAsync: isTrue(userData.GCTI_Chat_AsyncMode),
    startedAtMs: Math.floor(environment.now() / 1000) * 1000,
    userData,
    transcript: [],
    agentOnly: undefined,
    parties: [],
    system: undefined,
    userId: makeUserId(random),
    secureKey: makeSecureKey(random),
    oldKeys: undefined,
    lifeState: 'REGULAR',
    leftReason: undefined,
    leftIndex: 0,
    restIsOwed: false,
    retrieved: 1,
    push: undefined,
    comet: undefined,
    isRegistered: false,
    // An explicit pair wins over the name that the node supplies (CS-056, CS-051).
    nodeGroup: shareText(userData.GCTI_GMS_NodeGroup || request.nodeGroup || ''),
    node: undefined,
    idleStage: 0,
    over: false,
    readReceipts: undefined,
    files: undefined,
    saved: undefined,
    lifeAtMs: 0,
    idleAtMs: 0,
    resendAtMs: 0,
    queuedForMs: 0,
    heapIndex: -1,
  }
  session.parties.push({
    from: { nickname: copyText(request.nickname ?? ''), participantId: 1, type: 'Client' },
    present: true,
  })
  subscribe(environment, session, request)
  touch(environment, session)
  return session
}

/** The customer's own join, index 1 (CV2-071); apart, so that observers know the session before its first event. */
export function joinCustomer(environment: Environment, session: Session): void {
  append(environment, session, customerOf(session), { type: 'ParticipantJoined' })
  // The answer of request chat shows it; it is no refresh and confirms nothing (CS-067).
  session.retrieved = nextPosition(session)
}

function subscribe(environment: Environment, session: Session, request: ChatRequest): void {
  const subscription = readSubscription(request, session.userData, environment.options)
  if (subscription.kind === 'refused') environment.log(`push subscription refused: ${subscription.why}`, session)
  if (subscription.kind !== 'accepted') return
  if (subscription.warning) environment.log(subscription.warning, session)
  const change = environment.faults?.()?.subscription
  session.push = change ? change(subscription.push, session.userData) : subscription.push
}
