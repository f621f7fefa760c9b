import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'

export const wrongNotifyPosition: FaultDefinition = {
  name: 'wrong-notify-position',
  does: 'One reliable push names a position one behind the first event that was not retrieved.',
  arguments: `nth=${defaultNth}`,
  caughtBy: ['CS-065'],
  modes: ['reliable'],
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    return {
      notice(notice) {
        const isFirst = notice.form === 'trigger' && notice.attempt === 0 && notice.notifyPosition > 0
        if (!isFirst || !isIt()) return [notice]
        return [{ ...notice, notifyPosition: notice.notifyPosition + 1 }]
      },
    }
  },
}
