import { nearest } from '../../protocol/nearest.ts'
import type { Random } from '../random.ts'
import { faultWords, parseFaultArguments } from './arguments.ts'
import { sectionFaults } from './by-section.ts'
import { changeText } from './change-text.ts'
import {
  doubleNotification,
  dropNotification,
  lateNotification,
  lateResume,
  swapNotification,
} from './comet-notifications.ts'
import { doublePush } from './double-push.ts'
import { doubleShare } from './double-share.ts'
import { dropEventInRefresh } from './drop-event-in-refresh.ts'
import { dropPush } from './drop-push.ts'
import type { FaultDefinition } from './fault.ts'
import { foreignEvent } from './foreign-event.ts'
import type { FaultGate } from './gate.ts'
import { latePush } from './late-push.ts'
import { loseShare } from './lose-share.ts'
import { nextPositionOffByOne } from './next-position-off-by-one.ts'
import { repeatAfterConfirmation } from './repeat-after-confirmation.ts'
import { showQuitReason } from './show-quit-reason.ts'
import { swapPush } from './swap-push.ts'
import { twoInFlight } from './two-in-flight.ts'
import { wrongNotifyPosition } from './wrong-notify-position.ts'

/** All planted faults, as `serve --list-faults` and the control API show them. */
export const faults: readonly FaultDefinition[] = [
  dropPush,
  doublePush,
  swapPush,
  changeText,
  latePush,
  loseShare,
  doubleShare,
  dropEventInRefresh,
  nextPositionOffByOne,
  foreignEvent,
  showQuitReason,
  wrongNotifyPosition,
  repeatAfterConfirmation,
  twoInFlight,
  dropNotification,
  doubleNotification,
  swapNotification,
  lateNotification,
  lateResume,
  ...sectionFaults,
]

/**
 * Plants `NAME` or `NAME:arguments`.
 * @throws with the nearest name, or with the values that are allowed.
 */
export function plantFault(text: string, random: Random): FaultGate {
  const colon = text.indexOf(':')
  const name = colon < 0 ? text : text.slice(0, colon)
  const fault = faults.find(each => each.name === name)
  if (!fault) {
    const names = faults.map(each => each.name)
    const meant = nearest(name, names)
    throw new Error(`no fault "${name}"${meant ? `, did you mean ${meant}?` : ''} (${names.join(', ')})`)
  }
  const given = colon < 0 ? '' : text.slice(colon + 1)
  if (faultWords(given).length > faultWords(fault.arguments).length || (given && !fault.arguments))
    throw new Error(`fault ${name} takes ${fault.arguments || 'no arguments'}, not ${given}`)
  try {
    return fault.plant(parseFaultArguments(given), random)
  } catch (error) {
    throw new Error(`fault ${name}: ${(error as Error).message}`)
  }
}
