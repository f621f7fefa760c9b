import { lastForeignMessage, type OkOutcome, withEvent } from './answered-message.ts'
import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'

export const dropEventInRefresh: FaultDefinition = {
  name: 'drop-event-in-refresh',
  does: 'One message is missing in a refresh answer that has to contain it.',
  looksLike: 'A cache in front of the transcript loses a write.',
  arguments: `nth=${defaultNth}`,
  rules: ['CV2-088', 'CV2-085'],
  modes: ['payload', 'reliable'],
  inConformance: 'drop-event-in-refresh:nth=1',
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    return {
      outcome(request, outcome) {
        const at = lastForeignMessage(request, outcome)
        return at >= 0 && isIt() ? withEvent(outcome as OkOutcome, at, []) : outcome
      },
    }
  },
}
