import type { RuleSection } from '../rule.ts'

export const cookies: RuleSection = {
  area: 'bayeux',
  section: 'cookies',
  feature: 'bayeux',
  title: 'Cookies and several clients of a browser',
  rules: [
    {
      id: 'BX-120',
      level: 'MUST',
      basis: 'O',
      statement:
        'The first handshake over HTTP sets the cookie BAYEUX_BROWSER with Path=/ and HttpOnly, and a request that has it gets no new one.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-121',
      level: 'MUST',
      basis: 'O',
      statement:
        'A message with a valid clientId without its cookie or with another is refused with 402, unless `trustClientSession` is on.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-122',
      level: 'MUST',
      basis: 'O',
      statement: 'An empty Cookie header is accepted.',
      source: ['client: CometD Java client'],
      needs: [],
    },
    {
      id: 'BX-123',
      level: 'SHOULD',
      basis: 'DO',
      statement:
        'While one session of a browser holds a connect, that of a second one returns at once with `multiple-clients` and an interval, and is held when the first has ended.',
      source: ['Bayeux protocol 1.0', 'CometD server on the wire'],
      needs: ['time control'],
    },
    {
      id: 'BX-124',
      level: 'SHOULD',
      basis: 'O',
      statement: 'A session of long polling is refused with 402 over callback polling, and the other way round.',
      source: ['CometD server on the wire'],
      needs: [],
    },
  ],
}
