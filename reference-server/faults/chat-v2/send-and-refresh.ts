import { changedAnswer, without } from '../changed-json.ts'
import { conformFaults } from '../conform-fault.ts'

export const sendAndRefresh = conformFaults([
  {
    name: 'send-returns-transcript',
    rules: ['CV2-080'],
    does: 'Send without a position returns the whole transcript.',
    looksLike: 'Send and refresh share the default of the position.',
    gate: () => ({
      request: request =>
        request.operation === 'send' && !request.transcriptPosition ? { ...request, transcriptPosition: 1 } : request,
    }),
  },
  {
    name: 'refresh-one-too-late',
    rules: ['CV2-085'],
    does: 'Refresh from n begins at n + 1.',
    looksLike: 'The position is taken for the last event that the client has.',
    gate: () => ({
      request: request =>
        request.operation === 'refresh' && (request.transcriptPosition ?? 0) > 1
          ? { ...request, transcriptPosition: request.transcriptPosition! + 1 }
          : request,
    }),
  },
  {
    name: 'no-next-position',
    rules: ['CV2-020', 'CV2-087'],
    does: 'The answer to send has no nextPosition.',
    looksLike: 'The member is written only when there are messages.',
    gate: () => ({ reply: changedAnswer('send', body => without(body, 'nextPosition')) }),
  },
])
