import type { FaultDefinition } from './fault.ts'
import { defaultNth, nthMatch } from './nth-match.ts'

export const repeatAfterConfirmation: FaultDefinition = {
  name: 'repeat-after-confirmation',
  does: 'The refreshes of one session stop no repetition until one was sent.',
  looksLike: 'The confirmation goes to another node than the one that repeats.',
  arguments: `nth=${defaultNth}`,
  rules: ['CS-061'],
  modes: ['reliable'],
  inConformance: 'repeat-after-confirmation:nth=1',
  plant(args) {
    const isIt = nthMatch(args.nth(defaultNth))
    // A single deaf refresh would show nothing where pings are more frequent than repetitions.
    let deafTo: string | undefined
    let isOver = false
    return {
      confirms(chatId) {
        if (isOver) return true
        if (deafTo === undefined && isIt()) deafTo = chatId
        return chatId !== deafTo
      },
      notice(notice) {
        if (notice.chatId === deafTo && notice.attempt > 0) isOver = true
        return [notice]
      },
    }
  },
}
