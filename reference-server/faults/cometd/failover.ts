import { conformFaults } from '../conform-fault.ts'

export const failover = conformFaults([
  {
    name: 'silent-after-failover',
    rules: ['CV2-187'],
    does: 'A chat whose Chat Server is lost stays away until its client asks for something.',
    looksLike: 'The node keeps the attachment, and nobody tells the new instance about it.',
  },
  {
    name: 'failover-repeats-events',
    rules: ['CV2-187', 'CV2-119'],
    does: 'When a chat goes over to another Chat Server all of its events are notified again.',
    looksLike: 'The new instance sends the whole transcript.',
  },
  {
    name: 'failover-loses-events',
    rules: ['CV2-187', 'CV2-119'],
    does: 'When a chat goes over to another Chat Server only what happens then is notified.',
    looksLike: 'The session is attached at its end.',
    gate: () => ({
      outcome: (request, outcome) =>
        request.operation === 'reattach' && outcome.kind === 'ok' ? { ...outcome, events: [] } : outcome,
    }),
  },
  {
    name: 'key-changes-untold',
    rules: ['CV2-187'],
    does: 'A chat that goes over to another Chat Server has a new key, and its client is not told.',
    looksLike: 'Each restoration makes a key, and only answers carry one.',
  },
])
