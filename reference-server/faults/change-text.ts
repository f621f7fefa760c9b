import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'
import { isPushedMessage } from './pushed-text.ts'

export const changeText: FaultDefinition = {
  name: 'change-text',
  does: 'One push carries another text than the transcript.',
  looksLike: 'A push is built from a draft of the message, or its text went through another encoder than the answer.',
  arguments: `nth=${defaultNth}`,
  rules: ['PUSH-043', 'CV2-055'],
  modes: ['payload'],
  inConformance: 'change-text:nth=1',
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
