import { isPlanted } from '../faults/is-planted.ts'
import { lineOf } from './comet/comet-line.ts'
import { type Environment, settings } from './environment.ts'
import { triggerNotice } from './notices.ts'
import { removeCustomer } from './removal.ts'
import { customerOf, lastIndex, type Session } from './session.ts'
import { append } from './transcript.ts'

/** Any request of the client is protocol activity, whatever it contains (CS-002, CV2-090). */
export function touch(environment: Environment, session: Session): void {
  if (session.lifeState === 'PINGED' && isPlanted(environment.faults, 'request-after-ping-ignored')) return
  const isSubscribed =
    ((session.push !== undefined || session.isRegistered) &&
      !isPlanted(environment.faults, 'subscribed-like-others')) ||
    (session.userData.GCTI_Chat_PushSubscribe === 'true' &&
      isPlanted(environment.faults, 'push-timer-without-subscription'))
  session.lifeState = isSubscribed ? 'ACTIVE' : 'REGULAR'
  armLife(environment, session, isSubscribed ? 'flex-push-timeout' : 'flex-disconnect-timeout')
}

/** 45 s without push subscription; else ping, second period, grace, removal (CS-001, CS-004 to CS-007). */
export function lifeDue(environment: Environment, session: Session): void {
  session.lifeAtMs = 0
  switch (session.lifeState) {
    case 'ACTIVE':
      session.lifeState = 'PINGED'
      ping(environment, session)
      armLife(environment, session, 'flex-push-timeout')
      break
    case 'PINGED':
      if (isPlanted(environment.faults, 'no-grace-after-ping')) {
        removeCustomer(environment, session, 3)
        break
      }
      session.lifeState = 'DISCONNECTING'
      armLife(environment, session, 'flex-disconnect-timeout')
      break
    case 'REGULAR':
    case 'DISCONNECTING':
      removeCustomer(environment, session, 3)
      break
    case 'REMOVED':
      break
  }
}

/** The value of now is armed; a later change does not touch a running timer (CS-016, OPT-011). */
function armLife(environment: Environment, session: Session, option: string): void {
  session.lifeAtMs = environment.now() + environment.options.integer(settings, option) * 1000
}

/**
 * The ping goes to the node, which answers it for a live CometD session only (CS-008); it is no event and causes no
 * push unless `forward-ping` asks for a trigger (CS-009, OQ-31).
 */
function ping(environment: Environment, session: Session): void {
  if (isPlanted(environment.faults, 'no-ping')) return
  environment.log('flex-push ping', session)
  if (isPlanted(environment.faults, 'ping-takes-an-index'))
    append(environment, session, customerOf(session), { type: 'CustomNotice' })
  const line = lineOf(session)
  line?.node.link.send({ kind: 'ping', attachment: line.attachment })
  const { push } = session
  if (!push?.resend || !environment.options.flag('refserver', 'forward-ping')) return
  const trigger = { index: lastIndex(session), eventType: 'PushUrl' as const, attempt: 0, chatEnded: false }
  environment.notify(session, triggerNotice(environment, session, push, { ...trigger, position: session.retrieved }))
}
