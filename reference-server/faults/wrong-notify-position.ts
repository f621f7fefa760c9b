import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'

export const wrongNotifyPosition: FaultDefinition = {
  name: 'wrong-notify-position',
  does: 'One reliable push names a position one behind the first event that was not retrieved.',
  looksLike: 'The position is taken before the event is stored.',
  arguments: `nth=${defaultNth}`,
  rules: ['CS-065'],
  modes: ['reliable'],
  inConformance: 'wrong-notify-position:nth=1',
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
