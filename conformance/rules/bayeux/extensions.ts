import type { RuleSection } from '../rule.ts'

export const extensions: RuleSection = {
  area: 'bayeux',
  section: 'extensions',
  feature: 'bayeux',
  title: 'Extensions and foreign origins',
  rules: [
    {
      id: 'BX-160',
      level: 'SHOULD',
      basis: 'D',
      statement: 'A server without the ack extension does not answer `ext.ack`.',
      source: ['CometD reference: acknowledge extension'],
      needs: [],
    },
    {
      id: 'BX-161',
      level: 'SHOULD',
      basis: 'O',
      statement:
        'With the ack extension the number rises with each connect, an old number brings its events again, and a new one clears them.',
      source: ['CometD server on the wire'],
      needs: ['echo'],
    },
    {
      id: 'BX-162',
      level: 'SHOULD',
      basis: 'O',
      statement: 'With the ack extension events come with connects only, over every transport.',
      source: ['CometD server on the wire'],
      needs: ['echo'],
    },
    {
      id: 'BX-163',
      level: 'SHOULD',
      basis: 'O',
      statement:
        'With the timesync extension an answer has tc, ts, p and a where the lag is unknown or off by 25 ms and more.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-164',
      level: 'MUST',
      basis: 'D',
      statement: 'What nobody knows in `ext` is ignored.',
      source: ['Bayeux protocol 1.0'],
      needs: ['echo'],
    },
    {
      id: 'BX-165',
      level: 'SHOULD',
      basis: 'D',
      statement: 'An allowed origin is answered with itself and with credentials, any other without.',
      source: ['CometD reference: security'],
      needs: ['configuration', 'server control'],
    },
  ],
}
