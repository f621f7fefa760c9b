import { isPlanted } from '../faults/is-planted.ts'
import { type ChatOutcome, type ChatRequest, fileOperations, type Refusal } from '../messages.ts'
import type { Environment } from './environment.ts'
import { serveFiles } from './files/serve-files.ts'
import { restartIdle } from './idle-activity.ts'
import { touch } from './life-cycle.ts'
import { removeCustomer } from './removal.ts'
import { confirm, retryUnsent } from './resend.ts'
import { acceptsKey, rotateKey } from './secure-key.ts'
import { customerOf, lastIndex, nextPosition, type Session } from './session.ts'
import { copyUserData } from './stored-text.ts'
import { append, visibleFrom } from './transcript.ts'

/** A request of the customer for a session that this server has, live or just ended. */
export function serveCustomer(environment: Environment, session: Session, request: ChatRequest): ChatOutcome {
  // A CometD token names its session by the key alone (CV2-123).
  if (request.userId !== '' && request.userId !== session.userId) return refused(environment, session, 'unknown-user')
  const isAccepted =
    isPlanted(environment.faults, 'any-key') || acceptsKey(session, request.secureKey, environment.now())
  if (!isAccepted) {
    // Protection against hijacking: the right key does not work either afterwards (CS-015, CV2-103).
    if (!isPlanted(environment.faults, 'wrong-key-tolerated')) removeCustomer(environment, session, 6)
    return refused(environment, session, 'wrong-key')
  }
  if (!customerOf(session).present) return serveRemoved(environment, session, request)
  if (isActivity(environment, request)) touch(environment, session)
  if (isPlanted(environment.faults, 'ping-holds-up-idle-alert')) restartIdle(environment, session)
  const resendBefore = session.push?.resend
  if (isFileOperation(request.operation)) return serveFileRequest(environment, session, request)
  perform(environment, session, request)
  if (request.operation === 'disconnect') {
    removeCustomer(environment, session, 0)
    const { alias } = environment
    return {
      kind: 'ok',
      alias,
      chatId: session.chatId,
      nextPosition: nextPosition(session),
      chatEnded: true,
      events: [],
    }
  }
  const position = pullPosition(request)
  const events = visibleFrom(environment, session, position ?? 0)
  if (position === undefined) {
    // The request's own event has been this activity's attempt already (CS-053).
    if (session.push?.resend === resendBefore) retryUnsent(environment, session)
  } else {
    if (position > 0) session.retrieved = nextPosition(session)
    confirm(environment, session)
  }
  rotateKey(environment, session)
  return answer(environment, session, events, false)
}

function isFileOperation(operation: ChatRequest['operation']): boolean {
  return (fileOperations as readonly string[]).includes(operation)
}

/** It pulls nothing, so it confirms nothing; what it makes of the files is said beside the usual members. */
function serveFileRequest(environment: Environment, session: Session, request: ChatRequest): ChatOutcome {
  const resendBefore = session.push?.resend
  const result = serveFiles(environment, session, request)
  if (session.push?.resend === resendBefore) retryUnsent(environment, session)
  if (typeof result === 'string') return refused(environment, session, result)
  rotateKey(environment, session)
  return { ...answer(environment, session, [], false), ...result }
}

/** Every request is (CV2-090), unless a planted fault says otherwise. */
function isActivity({ faults }: Environment, { operation, transcriptPosition }: ChatRequest): boolean {
  if (isPlanted(faults, 'typing-is-no-activity')) return operation !== 'startTyping' && operation !== 'stopTyping'
  if (isPlanted(faults, 'empty-refresh-is-no-activity')) return operation !== 'refresh' || transcriptPosition !== 0
  if (isPlanted(faults, 'refresh-restarts-nothing')) return operation !== 'refresh'
  if (isPlanted(faults, 'update-data-is-no-activity')) return operation !== 'updateData'
  return true
}

/** Removed from the other side: one refresh still shows the rest, then the tokens are dead (CV2-108, OQ-12). */
function serveRemoved(environment: Environment, session: Session, request: ChatRequest): ChatOutcome {
  if (!session.restIsOwed || request.operation !== 'refresh') return refused(environment, session, 'over')
  const events = visibleFrom(environment, session, request.transcriptPosition ?? 1)
  session.retrieved = nextPosition(session)
  session.restIsOwed = false
  return answer(environment, session, events, true)
}

function perform(environment: Environment, session: Session, request: ChatRequest): void {
  const customer = customerOf(session)
  const { message: text, messageType } = request
  switch (request.operation) {
    case 'send':
      append(environment, session, customer, { type: 'Message', text: text ?? '', messageType })
      if (isPlanted(environment.faults, 'message-stored-twice'))
        append(environment, session, customer, { type: 'Message', text: text ?? '', messageType })
      break
    case 'startTyping':
      append(environment, session, customer, { type: 'TypingStarted', text })
      break
    case 'stopTyping':
      append(environment, session, customer, { type: 'TypingStopped', text })
      break
    case 'pushUrl':
      append(environment, session, customer, { type: 'PushUrl', text: request.pushUrl ?? '' })
      break
    case 'customNotice':
      append(environment, session, customer, { type: 'CustomNotice', text })
      break
    case 'updateNickname': {
      const nickname = request.nickname ?? ''
      customer.from = { ...customer.from, nickname }
      append(environment, session, customer, { type: 'NicknameUpdated', text: nickname })
      break
    }
    case 'updateData':
      if (isPlanted(environment.faults, 'update-data-replaces')) session.userData = {}
      session.userData = { ...session.userData, ...copyUserData(request.userData) }
      break
    case 'readReceipt':
      storeReceipt(session, request.transcriptPosition ?? 0)
      break
    default:
      break
  }
}

/**
 * @returns undefined when the request does not pull the transcript and so confirms nothing (CS-067); 0 = a refresh
 * that wants no events, which confirms all the same (CS-068, CV2-084).
 */
function pullPosition(request: ChatRequest): number | undefined {
  if (request.operation === 'refresh') return request.transcriptPosition ?? 1
  // Its position names the event that was read (CV2-141).
  if (request.operation === 'readReceipt') return undefined
  return request.transcriptPosition === undefined || request.transcriptPosition < 1
    ? undefined
    : request.transcriptPosition
}

/** CV2-142, CV2-143; kept once per event. */
function storeReceipt(session: Session, index: number): void {
  if (index < 1 || index > lastIndex(session) || session.agentOnly?.includes(index)) return
  const known = session.readReceipts ?? []
  if (known.some(receipt => receipt.index === index)) return
  session.readReceipts = [...known, { participantId: 1, index }]
}

export function answer(
  environment: Environment,
  session: Session,
  events: ReturnType<typeof visibleFrom>,
  chatEnded: boolean,
): ChatOutcome & { kind: 'ok' } {
  return {
    kind: 'ok',
    alias: environment.alias,
    chatId: session.chatId,
    userId: session.userId,
    secureKey: session.secureKey,
    nextPosition: nextPosition(session),
    chatEnded,
    events,
  }
}

function refused(environment: Environment, session: Session, reason: Refusal): ChatOutcome {
  return { kind: 'refused', reason, alias: environment.alias, chatId: session.chatId }
}
