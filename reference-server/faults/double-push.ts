import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'
import { isPushedMessage } from './pushed-text.ts'

export const doublePush: FaultDefinition = {
  name: 'double-push',
  does: 'The push of one message is sent twice although nothing is to be repeated.',
  looksLike:
    'Two nodes believe that the session is theirs, or a sender repeats after an answer that it took for a failure.',
  arguments: `nth=${defaultNth}`,
  rules: ['CS-072'],
  modes: ['payload', 'device-id'],
  inConformance: 'double-push:nth=1',
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    return { notice: notice => (isPushedMessage(notice) && isIt() ? [notice, notice] : [notice]) }
  },
}
