import type { OkOutcome } from './answered-message.ts'
import { withEvent } from './answered-message.ts'
import type { FaultDefinition } from './fault.ts'
import { nthMatch } from './nth-match.ts'

export const showQuitReason: FaultDefinition = {
  name: 'show-quit-reason',
  does: 'One refresh answer tells quit reason 0 of a party that left by itself.',
  looksLike: 'The filter that hides reasons is missing on one path.',
  // Parties leave far less often than they write.
  arguments: 'nth=1',
  rules: ['CV2-061'],
  modes: ['payload', 'reliable', 'device-id'],
  inConformance: 'show-quit-reason:nth=1',
  plant(args) {
    const isIt = nthMatch(args.nth(1))
    return {
      outcome(request, outcome) {
        if (request.operation !== 'refresh' || outcome.kind !== 'ok') return outcome
        const at = outcome.events.findIndex(
          event => event.type === 'ParticipantLeft' && event.userData?.['quit-reason-code'] === undefined,
        )
        if (at < 0 || !isIt()) return outcome
        const event = outcome.events[at]!
        return withEvent(outcome as OkOutcome, at, [
          { ...event, userData: { ...event.userData, 'quit-reason-code': '0' } },
        ])
      },
    }
  },
}
