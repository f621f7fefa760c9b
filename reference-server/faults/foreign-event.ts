import type { ChatEvent } from '../../protocol/chat/event.ts'
import { lastForeignMessage, type OkOutcome, withEvent } from './answered-message.ts'
import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'

export const foreignEvent: FaultDefinition = {
  name: 'foreign-event',
  does: 'One refresh answer shows a message of another session in the place of its own.',
  looksLike: 'A buffer is shared between two sessions.',
  arguments: `nth=${defaultNth}`,
  rules: ['CV2-085'],
  modes: ['payload', 'reliable', 'device-id'],
  inConformance: 'foreign-event:nth=1',
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    let other: { chatId: string; event: ChatEvent } | undefined
    return {
      outcome(request, outcome) {
        const at = lastForeignMessage(request, outcome)
        if (at < 0) return outcome
        const { chatId, events } = outcome as OkOutcome
        const own = events[at]!
        if (other && other.chatId !== chatId && isIt()) {
          // The place keeps its index and time: order stays right, only the content belongs to somebody else.
          return withEvent(outcome as OkOutcome, at, [{ ...other.event, index: own.index, utcTime: own.utcTime }])
        }
        other = { chatId, event: own }
        return outcome
      },
    }
  },
}
