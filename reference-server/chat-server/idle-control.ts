import type { ChatEvent, EventType } from '../../protocol/chat/event.ts'
import { type Environment, settings } from './environment.ts'
import { closeSession } from './removal.ts'
import { agentIsPresent, customerOf, isAgentSide, nextParticipantId, type Party, type Session } from './session.ts'
import { append } from './transcript.ts'

const inactivity = 'inactivity-control'
const always: readonly EventType[] = ['ParticipantJoined', 'ParticipantLeft', 'Message']
const major: readonly EventType[] = ['PushUrl', 'FileUploaded', 'FileDeleted']
const typing: readonly EventType[] = ['TypingStarted', 'TypingStopped']

/** Notices that count as activity, by the words of `async-idle-notices` and `include-notices` (CS-029). */
const counted: Record<string, readonly EventType[]> = {
  none: always,
  major: [...always, ...major],
  major2: [...always, ...major, 'CustomNotice'],
  typing: [...always, ...major, 'TypingStarted'],
  all: [...always, ...major, ...typing, 'CustomNotice', 'NicknameUpdated'],
}

/**
 * Restarts the idle timer when the event is activity that all participants see and no bot caused (CS-028 to CS-030).
 * Asynchronous sessions have their own control; the regular one is for the others and needs an agent (CS-027, CS-035).
 */
export function considerActivity(
  environment: Environment,
  session: Session,
  event: ChatEvent,
  isAgentOnly: boolean,
): void {
  if (session.over || isAgentOnly || event.from.type === 'External') return
  const { options } = environment
  const word = session.isAsync
    ? options.text(settings, 'async-idle-notices')
    : options.text(inactivity, 'include-notices')
  if (!counted[word]!.includes(event.type)) return
  if (session.isAsync) wakeDormant(session, event)
  watch(environment, session)
}

function watch(environment: Environment, session: Session): void {
  const { options } = environment
  session.idleStage = 0
  if (session.isAsync) {
    session.idleAtMs = environment.now() + options.integer(settings, 'async-idle-alert') * 1000
  } else if (options.flag(inactivity, 'enabled') && agentIsPresent(session)) {
    session.idleAtMs = environment.now() + options.integer(inactivity, 'timeout-alert') * 1000
  } else {
    session.idleAtMs = 0
  }
}

export function idleDue(environment: Environment, session: Session): void {
  session.idleAtMs = 0
  if (session.isAsync) asyncDue(environment, session)
  else regularDue(environment, session)
}

function asyncDue(environment: Environment, session: Session): void {
  const { options } = environment
  if (session.idleStage > 0) {
    closeIdle(environment, session)
    return
  }
  const closeSeconds = options.integer(settings, 'async-idle-close')
  say(environment, session, 'IdleAlert', options.text(inactivity, 'message-alert'))
  session.userData.GCTI_Chat_AsyncStatus = '3'
  // Epoch seconds at which the session is looked at again; the format is not documented (CS-022).
  session.userData.GCTI_Chat_AsyncCheckAt = String(Math.floor(environment.now() / 1000) + closeSeconds)
  session.idleStage = 1
  session.idleAtMs = environment.now() + closeSeconds * 1000
}

function regularDue(environment: Environment, session: Session): void {
  const { options } = environment
  // Switched off meanwhile: in effect after the current timeout (CS-036).
  if (!options.flag(inactivity, 'enabled')) {
    session.idleStage = 0
    return
  }
  if (session.idleStage === 2) {
    closeIdle(environment, session)
    return
  }
  const isFirst = session.idleStage === 0
  const secondSeconds = isFirst ? options.integer(inactivity, 'timeout-alert2') : 0
  say(environment, session, 'IdleAlert', options.text(inactivity, isFirst ? 'message-alert' : 'message-alert2'))
  session.idleStage = secondSeconds > 0 ? 1 : 2
  const waitSeconds = secondSeconds > 0 ? secondSeconds : options.integer(inactivity, 'timeout-close')
  session.idleAtMs = environment.now() + waitSeconds * 1000
}

function closeIdle(environment: Environment, session: Session): void {
  say(environment, session, 'IdleClose', environment.options.text(inactivity, 'message-close'))
  closeSession(environment, session, 7)
}

/** An empty message suppresses the notice, not the state change (CS-026). */
function say(environment: Environment, session: Session, type: 'IdleAlert' | 'IdleClose', text: string): void {
  if (text !== '') append(environment, session, systemParty(session), { type, text })
}

function systemParty(session: Session): Party {
  session.system ??= {
    from: { nickname: 'system', participantId: nextParticipantId(session), type: 'External' },
    present: true,
  }
  return session.system
}

/** Dormant = an agent was there and is gone: the customer's activity marks it for the workflow (CS-033). */
function wakeDormant(session: Session, event: ChatEvent): void {
  if (event.from !== customerOf(session).from || event.type === 'ParticipantLeft') return
  const hadAgent = session.parties.some(party => isAgentSide(party.from.type))
  if (hadAgent && !agentIsPresent(session)) session.userData.GCTI_Chat_AsyncStatus = '2'
}
