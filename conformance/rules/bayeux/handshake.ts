import type { RuleSection } from '../rule.ts'

export const handshake: RuleSection = {
  area: 'bayeux',
  section: 'handshake',
  feature: 'bayeux',
  title: 'Handshake',
  rules: [
    {
      id: 'BX-020',
      level: 'MUST',
      basis: 'D',
      statement:
        'A handshake is answered with its channel and id, successful, version "1.0", a clientId, and connection types of which one at least was asked for.',
      source: ['Bayeux protocol 1.0'],
      needs: [],
    },
    {
      id: 'BX-021',
      level: 'MUST',
      basis: 'D',
      statement: 'A clientId consists of letters and digits, 20 or more, and is never given twice.',
      source: ['Bayeux protocol 1.0'],
      needs: [],
    },
    {
      id: 'BX-022',
      level: 'MUST',
      basis: 'O',
      statement:
        'The answer to a handshake has an advice with reconnect "retry", an interval from 0 and a timeout above 0.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-023',
      level: 'SHOULD',
      basis: 'O',
      statement: 'The connection types are websocket, long-polling and callback-polling, as far as they are allowed.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-024',
      level: 'SHOULD',
      basis: 'DO',
      statement:
        'A handshake without a version or with one that does not exist is accepted or, by a strict server, refused with an error; never 5xx.',
      source: ['Bayeux protocol 1.0', 'CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-025',
      level: 'SHOULD',
      basis: 'DO',
      statement:
        'A handshake without a common connection type is accepted or, by a strict server, refused with an error; in both cases with the list of the server.',
      source: ['Bayeux protocol 1.0', 'CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-026',
      level: 'MUST',
      basis: 'D',
      statement: 'A refused handshake has no clientId and says why in the form code:args:text.',
      source: ['Bayeux protocol 1.0'],
      needs: ['configuration', 'server control'],
    },
    {
      id: 'BX-027',
      level: 'SHOULD',
      basis: 'O',
      statement: 'A handshake that is denied has code 403 and the advice to reconnect "none".',
      source: ['CometD server on the wire'],
      needs: ['configuration', 'server control'],
    },
    {
      id: 'BX-028',
      level: 'MUST',
      basis: 'DO',
      statement: 'Messages beside a handshake in its request have no effect that can be used.',
      source: ['Bayeux protocol 1.0', 'CometD server on the wire'],
      needs: ['echo'],
    },
    {
      id: 'BX-029',
      level: 'MUST',
      basis: 'O',
      statement:
        'A handshake with the cookie or the clientId of a session makes a new one and leaves the old one alive.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-030',
      level: 'MUST',
      basis: 'DO',
      statement:
        'The id of an answer is that of its request as a text, on every channel, and without one there is none.',
      source: ['Bayeux protocol 1.0', 'CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-031',
      level: 'MUST',
      basis: 'D',
      statement: 'No event comes in the same answer as that to a handshake.',
      source: ['Bayeux protocol 1.0'],
      needs: ['echo'],
    },
  ],
}
