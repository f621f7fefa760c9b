import type { RuleSection } from '../rule.ts'

export const types: RuleSection = {
  area: 'push',
  section: 'types',
  feature: 'async chat',
  title: 'Push types',
  rules: [
    {
      id: 'PUSH-001',
      level: 'MUST',
      basis: 'D',
      statement:
        'A subscription produces pushes only when its type is listed in `pushEnabled`; a subscription of any other type is ignored.',
      source: ['Push Notification Service', 'Push notifications via GMS to HTTP server'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'PUSH-002',
      level: 'MUST',
      basis: 'D',
      statement: 'A word in `pushEnabled` that is no push type is skipped, and the types beside it stay in force.',
      source: ['Push Notification Service'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'PUSH-003',
      level: 'MUST',
      basis: 'D',
      statement: 'With an empty `pushEnabled` no push of any type is sent.',
      source: ['Push Notification Service'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'PUSH-004',
      level: 'MUST',
      basis: 'D',
      statement: 'A new value of `pushEnabled` has no effect until the node is restarted.',
      source: ['Push Notification Service'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'PUSH-005',
      level: 'SHOULD',
      basis: 'DX',
      statement:
        '`pushEnabled` has to name `comet`; a reference node without it answers no chat operation over CometD.',
      source: ['Push Notification Service'],
      needs: ['configuration'],
      questions: ['OQ-42'],
    },
    {
      id: 'PUSH-006',
      level: 'MUST',
      basis: 'D',
      statement:
        'A client gets its pushes whatever its CometD connection is doing, except where `push_notification_to_active_client` is false.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink'],
    },
  ],
}
