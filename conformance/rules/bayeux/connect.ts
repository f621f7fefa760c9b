import type { RuleSection } from '../rule.ts'

export const connect: RuleSection = {
  area: 'bayeux',
  section: 'connect',
  feature: 'bayeux',
  title: 'Connect and long polling',
  rules: [
    {
      id: 'BX-040',
      level: 'MUST',
      basis: 'O',
      statement: 'The first connect of a session is answered at once, with and without `advice.timeout` 0.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-041',
      level: 'MUST',
      basis: 'O',
      statement:
        'A later connect with nothing to deliver is held for the timeout and answered with one successful message.',
      source: ['CometD server on the wire'],
      needs: ['time control'],
    },
    {
      id: 'BX-042',
      level: 'MUST',
      basis: 'O',
      statement: 'A connect with `advice.timeout` 0 is answered at once, with an advice.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-043',
      level: 'SHOULD',
      basis: 'O',
      statement: 'A connect with an `advice.timeout` of its own is held that long, and the next one as usual.',
      source: ['CometD server on the wire'],
      needs: ['time control'],
    },
    {
      id: 'BX-044',
      level: 'SHOULD',
      basis: 'O',
      statement:
        'A connect with `advice.interval` is answered with that interval, and the session lives that much longer.',
      source: ['CometD server on the wire'],
      needs: ['time control'],
    },
    {
      id: 'BX-045',
      level: 'SHOULD',
      basis: 'O',
      statement: 'A connect without advice over the same transport is answered without one.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-046',
      level: 'MUST',
      basis: 'D',
      statement: 'A held connect is answered as soon as another session publishes an event for it.',
      source: ['Bayeux protocol 1.0'],
      needs: ['echo'],
    },
    {
      id: 'BX-047',
      level: 'MUST',
      basis: 'O',
      statement:
        'A connect that comes when events wait returns at once with all of them, in order of their publishing and before its own answer.',
      source: ['CometD server on the wire'],
      needs: ['echo'],
    },
    {
      id: 'BX-048',
      level: 'MUST',
      basis: 'O',
      statement:
        'When a second connect of a session comes, the HTTP request of the first one ends with an error status and the second is held.',
      source: ['CometD server on the wire'],
      needs: ['echo'],
    },
    {
      id: 'BX-049',
      level: 'MUST',
      basis: 'O',
      statement: 'A connect that shares its request with other messages is not held.',
      source: ['CometD server on the wire', 'client: npm faye'],
      needs: [],
    },
    {
      id: 'BX-050',
      level: 'MUST',
      basis: 'O',
      statement:
        'A connect with an unknown clientId or none is answered 200, unsuccessful, with 402 and the advice to handshake after no interval.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-051',
      level: 'SHOULD',
      basis: 'DO',
      statement:
        'A connect without a connection type or with one that does not exist is accepted or, by a strict server, refused with an error; never 5xx.',
      source: ['Bayeux protocol 1.0', 'CometD server on the wire'],
      needs: [],
    },
  ],
}
