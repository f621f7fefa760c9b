import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'
import { isPushedMessage } from './pushed-text.ts'

export const changeText: FaultDefinition = {
  name: 'change-text',
  does: 'One push carries another text than the transcript.',
  arguments: `nth=${defaultNth}`,
  caughtBy: ['PUSH-043', 'CV2-055'],
  modes: ['payload'],
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    return {
      notice(notice) {
        if (!notice.event || !notice.includePayload || !isPushedMessage(notice) || !isIt()) return [notice]
        // At the end, so that the marker stays readable: only content is wrong.
        return [{ ...notice, event: { ...notice.event, text: `${notice.event.text ?? ''} (changed)` } }]
      },
    }
  },
}
