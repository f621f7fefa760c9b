import { isPlanted } from '../faults/is-planted.ts'
import { type Environment, inactivity, settings } from './environment.ts'
import { closeSession } from './removal.ts'
import { agentIsPresent, nextParticipantId, type Party, type Session, setData } from './session.ts'
import { append } from './transcript.ts'

/** An idle timer has run out: alert, last alert or close (CS-020 ff.). */
export function idleDue(environment: Environment, session: Session): void {
  session.idleAtMs = 0
  if (session.isAsync) asyncDue(environment, session)
  else regularDue(environment, session)
}

function asyncDue(environment: Environment, session: Session): void {
  const { options, faults } = environment
  if (isPlanted(faults, 'async-control-needs-agent') && !agentIsPresent(session)) return
  if (session.idleStage > 0) {
    closeIdle(environment, session)
    return
  }
  const closeSeconds = options.integer(settings, 'async-idle-close')
  const text = options.text(inactivity, 'message-alert')
  if (text === '' && isPlanted(faults, 'empty-text-stops-idle-control')) return
  say(environment, session, 'IdleAlert', text)
  if (!isPlanted(faults, 'alert-without-status')) setData(session, 'GCTI_Chat_AsyncStatus', '3')
  // Epoch seconds at which the session is looked at again; the format is not documented (CS-022).
  if (!isPlanted(faults, 'alert-without-check-at'))
    setData(session, 'GCTI_Chat_AsyncCheckAt', String(Math.floor(environment.now() / 1000) + closeSeconds))
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
  if (!isPlanted(environment.faults, 'idle-close-leaves-session')) closeSession(environment, session, 7)
}

/** An empty message suppresses the notice, not the state change (CS-026). */
function say(environment: Environment, session: Session, type: 'IdleAlert' | 'IdleClose', text: string): void {
  if (text !== '' || isPlanted(environment.faults, 'empty-text-is-sent'))
    append(environment, session, systemParty(session), { type, text })
}

function systemParty(session: Session): Party {
  session.system ??= {
    from: { nickname: 'system', participantId: nextParticipantId(session), type: 'External' },
    present: true,
  }
  return session.system
}
