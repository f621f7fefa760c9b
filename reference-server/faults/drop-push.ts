import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'
import { isPushedMessage } from './pushed-text.ts'

export const dropPush: FaultDefinition = {
  name: 'drop-push',
  does: 'The push of one message is never sent.',
  looksLike: 'A notification is lost between Chat Server and node, as when a queue overflows silently.',
  arguments: `nth=${defaultNth}`,
  rules: ['pushes_lost', 'PUSH-031'],
  modes: ['payload', 'device-id'],
  inConformance: 'drop-push:nth=1',
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    return { notice: notice => (isPushedMessage(notice) && isIt() ? [] : [notice]) }
  },
}
