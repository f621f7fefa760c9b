import { lastForeignMessage, type OkOutcome, withEvent } from './answered-message.ts'
import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'

export const dropEventInRefresh: FaultDefinition = {
  name: 'drop-event-in-refresh',
  does: 'One message is missing in a refresh answer that has to contain it.',
  arguments: `nth=${defaultNth}`,
  caughtBy: ['CV2-088', 'CV2-085'],
  modes: ['payload', 'reliable'],
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
