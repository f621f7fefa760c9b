import type { RuleSection } from '../rule.ts'

export const gmsPush: RuleSection = {
  area: 'options',
  section: 'gms-push',
  feature: 'async chat',
  title: 'GMS: section push',
  rules: [
    {
      id: 'OPT-090',
      level: 'MUST',
      basis: 'D',
      statement: '`pushEnabled` is comet by default; unknown types in it are ignored, and empty it disables push.',
      source: ['Push Notification Service'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'OPT-091',
      level: 'MUST',
      basis: 'D',
      statement:
        'The type customhttp needs `customhttp.url`; when it is missing or no URL, nothing is posted and the log has an error.',
      source: ['Push Notification Service'],
      needs: ['push sink', 'configuration'],
      questions: ['OQ-40'],
    },
    {
      id: 'OPT-092',
      level: 'MUST',
      basis: 'D',
      statement: '`fcm.title` and `fcm.body` have no default and, when set, replace the built-in texts.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink', 'configuration'],
    },
    {
      id: 'OPT-093',
      level: 'MUST',
      basis: 'D',
      statement: '`apple.alertMessage.body` is absent by default.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink', 'configuration'],
    },
    {
      id: 'OPT-094',
      level: 'SHOULD',
      basis: 'D',
      statement: '`defaultSubscriptionExpiration` below 30 or invalid is 30.',
      source: ['Push Notification Service'],
      needs: ['time control', 'configuration'],
    },
    {
      id: 'OPT-095',
      level: 'MUST',
      basis: 'D',
      statement: '`filtering_chat_events` is Notice.TypingStarted,Notice.TypingStopped by default.',
      source: ['Chat API Version 1: push and background state'],
      needs: ['agent', 'time control', 'push sink'],
    },
    {
      id: 'OPT-096',
      level: 'SHOULD',
      basis: 'D',
      statement: 'With `http.ssl_trust_all=true` in section gms any certificate of an HTTPS target is accepted.',
      source: ['Push Notification Service'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'OPT-097',
      level: 'MUST',
      basis: 'D',
      statement:
        "An event section may hold each Android and iOS option of section push and may be left out, when the provider's values hold.",
      source: ['Chat API Version 1: push and background state'],
      needs: ['agent', 'push sink', 'configuration'],
    },
  ],
}
