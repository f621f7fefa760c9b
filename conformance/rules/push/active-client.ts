import type { RuleSection } from '../rule.ts'

export const activeClient: RuleSection = {
  area: 'push',
  section: 'active-client',
  feature: 'cometd',
  title: 'Pushes to connected clients',
  rules: [
    {
      id: 'PUSH-110',
      level: 'MUST',
      basis: 'D',
      statement: 'By default a client is pushed to even while its CometD connection is up.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-111',
      level: 'MUST',
      basis: 'D',
      statement:
        'With `push_notification_to_active_client=false` a client is pushed to only while it has no CometD connection.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink', 'configuration'],
      questions: ['OQ-28'],
    },
    {
      id: 'PUSH-112',
      level: 'MUST',
      basis: 'X',
      statement: 'A CometD connection counts as up until /meta/disconnect or the expiry of its CometD session.',
      source: [],
      needs: ['agent', 'time control', 'push sink', 'configuration'],
      questions: ['OQ-28'],
    },
    {
      id: 'PUSH-113',
      level: 'MUST',
      basis: 'X',
      statement: 'What was delivered over CometD before the connection ended is not pushed afterwards.',
      source: [],
      needs: ['agent', 'push sink', 'configuration'],
      questions: ['OQ-28'],
    },
  ],
}
