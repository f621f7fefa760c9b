import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'
import { isPushedMessage } from './pushed-text.ts'

export const dropPush: FaultDefinition = {
  name: 'drop-push',
  does: 'The push of one message is never sent.',
  arguments: `nth=${defaultNth}`,
  caughtBy: ['pushes_lost', 'PUSH-031'],
  modes: ['payload', 'device-id'],
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    return { notice: notice => (isPushedMessage(notice) && isIt() ? [] : [notice]) }
  },
}
