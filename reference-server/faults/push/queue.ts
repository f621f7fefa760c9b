import { conformFaults } from '../conform-fault.ts'

export const queue = conformFaults([
  {
    name: 'failed-post-again',
    rules: ['PUSH-075'],
    does: 'A POST that was answered with an error is sent once more.',
    looksLike: 'The HTTP client retries by itself.',
    gate: () => {
      const repeated = new Set<string>()
      return {
        repeats(notice, status) {
          const key = `${notice.chatId} ${notice.index}`
          if (status === 200 || repeated.has(key)) return false
          repeated.add(key)
          return true
        },
      }
    },
  },
])
