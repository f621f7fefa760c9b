import { isEvent, isReply, isSuccess } from '../changed-messages.ts'
import { conformFaults } from '../conform-fault.ts'

export const batching = conformFaults([
  {
    name: 'replies-in-reverse',
    rules: ['BX-100', 'BX-049', 'BX-101'],
    does: 'The messages of a request are answered in the reverse order.',
    looksLike: 'The replies are put in front of each other.',
    gate: () => ({
      bayeuxOut: messages => [...messages.filter(isEvent), ...messages.filter(isReply).toReversed()],
    }),
  },
  {
    name: 'first-refusal-ends-the-batch',
    rules: ['BX-100', 'BX-101', 'BX-172'],
    does: 'What stands behind a refused message in its request is not answered.',
    looksLike: 'The loop returns instead of going on.',
    gate: () => ({
      bayeuxOut(messages) {
        const at = messages.findIndex(each => isReply(each) && !isSuccess(each))
        return at < 0 ? messages : messages.slice(0, at + 1)
      },
    }),
  },
])
