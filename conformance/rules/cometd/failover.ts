import type { RuleSection } from '../rule.ts'

export const cometdFailover: RuleSection = {
  area: 'cometd',
  section: 'failover',
  feature: 'cometd',
  title: 'A Chat Server is lost',
  rules: [
    {
      id: 'CV2-187',
      level: 'MUST',
      basis: 'X',
      statement:
        'While its CometD session is connected a chat whose Chat Server is lost comes back without a request: what happened and what happens is notified once, in order, and the key stays good.',
      source: [],
      needs: ['agent', 'server control'],
      questions: ['OQ-34', 'OQ-63'],
    },
  ],
}
