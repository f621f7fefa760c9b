import { conformFaults } from '../conform-fault.ts'

export const cookies = conformFaults([
  {
    name: 'cookie-for-scripts',
    rules: ['BX-120'],
    does: 'The cookie is set without HttpOnly.',
    looksLike: 'A client of the page wanted to read it.',
    gate: () => ({
      cometdReply: reply => ({
        ...reply,
        headers: Object.fromEntries(
          Object.entries(reply.headers).map(([name, value]) => [name, value.replace('; HttpOnly', '')]),
        ),
      }),
    }),
  },
  {
    name: 'cookie-with-every-handshake',
    rules: ['BX-120'],
    does: 'A handshake that has the cookie gets it set once more.',
    looksLike: 'The cookie is that of the session and not of the browser.',
    gate: () => ({
      cometdReply: (reply, { headers }) =>
        headers.cookie?.includes('BAYEUX_BROWSER=') && reply.body.includes('/meta/handshake')
          ? { ...reply, headers: { ...reply.headers, 'set-cookie': `${headers.cookie}; Path=/; HttpOnly` } }
          : reply,
    }),
  },
  {
    name: 'any-cookie',
    rules: ['BX-121'],
    does: 'A message is taken by its clientId, whatever its cookie.',
    looksLike: 'Releases before 3.0.7 did it.',
  },
  {
    name: 'empty-cookie-is-400',
    rules: ['BX-122'],
    does: 'A request with an empty Cookie header is answered 400.',
    looksLike: 'The parser of cookies wants at least one.',
    gate: () => ({
      cometdReply: (reply, { headers }) => (headers.cookie === '' ? { ...reply, status: 400, body: '' } : reply),
    }),
  },
  {
    name: 'second-poll-not-told-to-wait',
    rules: ['BX-123'],
    does: 'The second session of a browser is answered at once, without being told to wait.',
    looksLike: 'The limit is enforced and not explained.',
    gate: () => ({
      bayeuxOut: messages =>
        messages.map(each =>
          (each.advice as Record<string, unknown> | undefined)?.['multiple-clients']
            ? { ...each, advice: { reconnect: 'retry', interval: 0, timeout: 30_000 } }
            : each,
        ),
    }),
  },
  {
    name: 'polls-share-sessions',
    rules: ['BX-124'],
    does: 'A session of long polling is taken over callback polling, and the other way round.',
    looksLike: 'Both are polling, so they have one table of sessions.',
  },
])
