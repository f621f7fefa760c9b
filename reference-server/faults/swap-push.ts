import type { PushNotice } from '../messages.ts'
import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'
import { isPushedMessage } from './pushed-text.ts'

export const swapPush: FaultDefinition = {
  name: 'swap-push',
  does: 'The push of one message leaves after the next push of the same session.',
  looksLike: 'Two threads take from one queue.',
  arguments: `nth=${defaultNth}`,
  rules: ['PUSH-035'],
  modes: ['payload'],
  inConformance: 'swap-push:nth=1',
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    let held: PushNotice | undefined
    return {
      notice(notice) {
        if (held?.chatId === notice.chatId && notice.form === 'event') {
          const swapped = [notice, held]
          held = undefined
          return swapped
        }
        if (!isPushedMessage(notice) || !isIt()) return [notice]
        held = notice
        return []
      },
    }
  },
}
