import type { RuleSection } from '../rule.ts'

export const clientActivity: RuleSection = {
  area: 'options',
  section: 'client-activity',
  feature: 'async chat',
  title: 'Chat Server settings: client activity and push',
  rules: [
    {
      id: 'OPT-020',
      level: 'MUST',
      basis: 'D',
      statement: '`flex-disconnect-timeout` is 45 by default, may be 1 to 1728000, and takes effect immediately.',
      source: ['Configuring Chat Support'],
      needs: ['time control', 'configuration'],
    },
    {
      id: 'OPT-021',
      level: 'MUST',
      basis: 'D',
      statement:
        '`flex-push-enabled` is true by default, takes effect immediately and, when false, refuses new registrations only.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'OPT-022',
      level: 'MUST',
      basis: 'D',
      statement: '`flex-push-timeout` is 300 by default, may be 1 to 1728000, and takes effect immediately.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['time control', 'configuration'],
    },
    {
      id: 'OPT-023',
      level: 'MUST',
      basis: 'D',
      statement: '`flex-push-on-join` is false by default and takes effect immediately.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'OPT-024',
      level: 'MUST',
      basis: 'D',
      statement:
        '`flex-push-content` is session-id and user-id by default and may be any combination of app-dbid, secure-key, session-id and user-id.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'OPT-025',
      level: 'MUST',
      basis: 'X',
      statement:
        'With an empty `flex-push-content` a push has notify-attempt and notify-position alone; an unknown word in it is skipped.',
      source: [],
      needs: ['push sink', 'configuration'],
      questions: ['OQ-40'],
    },
    {
      id: 'OPT-026',
      level: 'MUST',
      basis: 'D',
      statement: '`flex-push-resend-delay` is 15 by default, may be 1 to 86400, and takes effect immediately.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['time control', 'push sink', 'configuration'],
    },
    {
      id: 'OPT-027',
      level: 'MUST',
      basis: 'D',
      statement:
        '`flex-push-resend-attempts` is 10 by default, may be 0 to 1000000, takes effect immediately, and 0 means no repetition.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['time control', 'push sink', 'configuration'],
    },
    {
      id: 'OPT-028',
      level: 'MUST',
      basis: 'DX',
      statement: '`shutdown-notify-flex-push` is on with 1, off with 0 or when absent, and has no other valid value.',
      source: ['Async chat through the GMS REST API'],
      needs: ['push sink', 'configuration', 'server control'],
      questions: ['OQ-37'],
    },
  ],
}
