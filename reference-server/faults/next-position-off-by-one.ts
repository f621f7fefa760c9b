import { lastForeignMessage } from './answered-message.ts'
import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'

export const nextPositionOffByOne: FaultDefinition = {
  name: 'next-position-off-by-one',
  does: 'One refresh answer has a nextPosition that is one too low.',
  looksLike: 'The next position is read before the last event was counted.',
  arguments: `nth=${defaultNth}`,
  rules: ['CV2-087'],
  modes: ['payload', 'reliable', 'device-id'],
  inConformance: 'next-position-off-by-one:nth=1',
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    return {
      outcome(request, outcome) {
        if (outcome.kind !== 'ok' || lastForeignMessage(request, outcome) < 0 || !isIt()) return outcome
        return { ...outcome, nextPosition: outcome.nextPosition - 1 }
      },
    }
  },
}
