import type { ChatEvent, EventType } from '../../protocol/chat/event.ts'
import { isPlanted } from '../faults/is-planted.ts'
import { type Environment, inactivity, settings } from './environment.ts'
import { agentIsPresent, customerOf, isAgentSide, type Session, setData } from './session.ts'

const comings: readonly EventType[] = ['ParticipantJoined', 'ParticipantLeft']
const always: readonly EventType[] = [...comings, 'Message']
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
  if (session.over) return
  const documented = isCounted(environment, session, event, isAgentOnly)
  const change = environment.faults?.()?.activity
  if (!(change?.(event, { isAsync: session.isAsync, isAgentOnly }, documented) ?? documented)) return
  if (session.isAsync && !isPlanted(environment.faults, 'dormant-not-woken')) wakeDormant(session, event)
  if (session.idleStage > 0 && isPlanted(environment.faults, 'close-despite-activity')) return
  if (session.idleStage > 0 && isPlanted(environment.faults, 'alert-only-once')) session.idleAtMs = 0
  else restartIdle(environment, session)
}

function isCounted({ options }: Environment, { isAsync }: Session, event: ChatEvent, isAgentOnly: boolean): boolean {
  if (isAgentOnly) return false
  // Regular control takes a bot that comes or goes for activity, too (CS-035).
  if (event.from.type === 'External' && (isAsync || !comings.includes(event.type))) return false
  const word = isAsync ? options.text(settings, 'async-idle-notices') : options.text(inactivity, 'include-notices')
  return counted[word]!.includes(event.type)
}

export function restartIdle(environment: Environment, session: Session): void {
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

/** Dormant = an agent was there and is gone: the customer's activity marks it for the workflow (CS-033). */
function wakeDormant(session: Session, event: ChatEvent): void {
  if (event.from !== customerOf(session).from || event.type === 'ParticipantLeft') return
  const hadAgent = session.parties.some(party => isAgentSide(party.from.type))
  if (hadAgent && !agentIsPresent(session)) setData(session, 'GCTI_Chat_AsyncStatus', '2')
}
