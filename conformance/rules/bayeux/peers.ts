import type { RuleSection } from '../rule.ts'

export const peers: RuleSection = {
  area: 'bayeux',
  section: 'peers',
  feature: 'bayeux',
  title: 'Clients of others',
  rules: [
    {
      id: 'BX-180',
      level: 'MUST',
      basis: 'O',
      statement: 'The cometd client of npm, version 9, does all that it can over each of its transports.',
      source: ['client: npm cometd'],
      needs: ['destructive'],
    },
    {
      id: 'BX-181',
      level: 'MUST',
      basis: 'O',
      statement: 'The cometd client of npm, version 3.1, does all that it can over each of its transports.',
      source: ['client: npm cometd'],
      needs: ['destructive'],
    },
    {
      id: 'BX-182',
      level: 'MUST',
      basis: 'O',
      statement: 'The faye client of npm does all that it can over WebSocket and over long polling.',
      source: ['client: npm faye'],
      needs: ['destructive'],
    },
    {
      id: 'BX-183',
      level: 'SHOULD',
      basis: 'O',
      statement: 'The Java client of CometD does all that it can over WebSocket and over long polling.',
      source: ['client: CometD Java client'],
      needs: ['destructive'],
    },
    {
      id: 'BX-184',
      level: 'MUST',
      basis: 'O',
      statement: 'After a restart of the server each of these clients handshakes again by itself.',
      source: ['client: npm cometd', 'client: npm faye', 'client: CometD Java client'],
      needs: ['server control'],
    },
  ],
}
