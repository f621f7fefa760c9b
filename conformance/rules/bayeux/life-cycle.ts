import type { RuleSection } from '../rule.ts'

export const lifeCycle: RuleSection = {
  area: 'bayeux',
  section: 'life-cycle',
  feature: 'bayeux',
  title: 'Disconnect and expiry',
  rules: [
    {
      id: 'BX-110',
      level: 'MUST',
      basis: 'D',
      statement: 'A disconnect is answered successful, with its id.',
      source: ['Bayeux protocol 1.0'],
      needs: [],
    },
    {
      id: 'BX-111',
      level: 'MUST',
      basis: 'O',
      statement: 'After a disconnect the held connect is answered at once, with the advice to reconnect "none".',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-112',
      level: 'MUST',
      basis: 'O',
      statement: 'After a disconnect every message is refused with 402, a second disconnect too.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-113',
      level: 'MUST',
      basis: 'O',
      statement:
        'A session that does not connect lives for its interval and the max interval, and is gone when the sweep after that has come.',
      source: ['CometD server on the wire', 'CometD reference: server'],
      needs: ['time control'],
    },
    {
      id: 'BX-114',
      level: 'SHOULD',
      basis: 'O',
      statement: 'A session that only publishes stays alive.',
      source: ['CometD server on the wire'],
      needs: ['time control'],
    },
    {
      id: 'BX-115',
      level: 'MUST',
      basis: 'DO',
      statement:
        'A long poll that is cut off does not end the session before hold time and max interval, unless something is delivered into it.',
      source: ['CometD server on the wire'],
      needs: ['time control'],
    },
    {
      id: 'BX-116',
      level: 'SHOULD',
      basis: 'O',
      statement:
        'A disconnect by the server is a /meta/disconnect without id and a held connect that is answered with reconnect "none".',
      source: ['CometD server on the wire'],
      needs: ['server control'],
    },
    {
      id: 'BX-117',
      level: 'MUST',
      basis: 'O',
      statement: 'After the expiry no events are kept for anybody.',
      source: ['CometD server on the wire'],
      needs: ['time control', 'echo'],
    },
  ],
}
