import type { RuleSection } from '../rule.ts'

export const callbackPolling: RuleSection = {
  area: 'bayeux',
  section: 'callback-polling',
  feature: 'bayeux',
  title: 'Callback polling',
  rules: [
    {
      id: 'BX-130',
      level: 'MUST',
      basis: 'DO',
      statement: 'A GET with `jsonp` and `message` is answered `cb([…])` as text/javascript.',
      source: ['Bayeux protocol 1.0', 'CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-131',
      level: 'MUST',
      basis: 'O',
      statement:
        'A callback with other characters than letters, digits, dot, dash and underscore, or above 64 of them, is answered 400 and never comes back as code.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-132',
      level: 'MUST',
      basis: 'X',
      statement: 'A missing or malformed `message` and a missing callback are answered 400.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-133',
      level: 'SHOULD',
      basis: 'O',
      statement: 'Several `message` parameters are one batch, and two callbacks are answered 400.',
      source: ['CometD server on the wire'],
      needs: [],
    },
    {
      id: 'BX-134',
      level: 'MUST',
      basis: 'O',
      statement:
        'Events come with connects only, never with the answer to a publish or subscribe, and release the held connect.',
      source: ['CometD server on the wire'],
      needs: ['echo'],
    },
    {
      id: 'BX-135',
      level: 'SHOULD',
      basis: 'O',
      statement: 'Answers are marked `nosniff`, and U+2028 and U+2029 in them are escaped.',
      source: ['client: npm faye'],
      needs: ['echo'],
    },
  ],
}
