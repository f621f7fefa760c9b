import type { RuleSection } from '../rule.ts'

export const pushSubscription: RuleSection = {
  area: 'chat-server',
  section: 'push-subscription',
  feature: 'async chat',
  title: 'Push subscription in Chat Server',
  rules: [
    {
      id: 'CS-040',
      level: 'MUST',
      basis: 'D',
      statement: '`flex-push-enabled=false` refuses new push registrations and leaves the existing ones alone.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'CS-041',
      level: 'MUST',
      basis: 'D',
      statement: 'While `flex-push-on-join` is false, which is the default, `GCTI_Chat_PushSubscribe` has no effect.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['time control', 'push sink', 'configuration'],
    },
    {
      id: 'CS-042',
      level: 'MUST',
      basis: 'D',
      statement:
        'With `flex-push-on-join=true` a request chat with `GCTI_Chat_PushSubscribe=true` is subscribed by the time the session exists.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink', 'configuration'],
    },
    {
      id: 'CS-043',
      level: 'MUST',
      basis: 'DX',
      statement: 'A refused subscription does not make request chat fail.',
      source: [],
      needs: ['configuration'],
      questions: ['OQ-32'],
    },
    {
      id: 'CS-044',
      level: 'MUST',
      basis: 'X',
      statement: 'A key-value pair is true when its value is the word "true" in any case, and false otherwise.',
      source: [],
      needs: ['push sink'],
      questions: ['OQ-25'],
    },
    {
      id: 'CS-045',
      level: 'MUST',
      basis: 'D',
      statement:
        'The first inactivity timer of a subscribed party is `flex-push-timeout`, not `flex-disconnect-timeout`.',
      source: ['Push notifications via GMS to HTTP server', 'Async Requirements / Overview'],
      needs: ['time control', 'push sink'],
    },
    {
      id: 'CS-046',
      level: 'MUST',
      basis: 'X',
      statement:
        'A subscription lasts until the session ends, its party is removed, or a requestNotifications puts other parameters in its place.',
      source: [],
      needs: ['push sink'],
      questions: ['OQ-27'],
    },
    {
      id: 'CS-047',
      level: 'MUST',
      basis: 'DX',
      statement: 'A CometD chat started under `flex-push-enabled=false` gets answers and no unsolicited notifications.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'configuration'],
      questions: ['OQ-32'],
    },
  ],
}
