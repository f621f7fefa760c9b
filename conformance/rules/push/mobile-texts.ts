import type { RuleSection } from '../rule.ts'

export const mobileTexts: RuleSection = {
  area: 'push',
  section: 'mobile-texts',
  feature: 'mobile push',
  title: 'Titles and bodies of mobile pushes',
  rules: [
    {
      id: 'PUSH-090',
      level: 'MUST',
      basis: 'D',
      statement:
        'Each of the seven pushed event types has its own default title and body, for example "%s sent new message" with the message text.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-091',
      level: 'MUST',
      basis: 'D',
      statement: 'In a title or body `%s` stands for the nickname of the party.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-092',
      level: 'MUST',
      basis: 'D',
      statement:
        'The default texts are English; `fcm.title`, `fcm.body`, `apple.title` and `apple.alertMessage.body` of the provider or its event section replace them.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink', 'configuration'],
    },
    {
      id: 'PUSH-093',
      level: 'MUST',
      basis: 'X',
      statement:
        'The first `%s` of a configured title or body is replaced by the nickname; a second one stays as it is.',
      source: [],
      needs: ['agent', 'push sink', 'configuration'],
      questions: ['OQ-46'],
    },
    {
      id: 'PUSH-094',
      level: 'MUST',
      basis: 'D',
      statement:
        'Pushes of type fcm and ios have title and body and no content of the chat event, whatever `push_notification_include_payload` says.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink', 'configuration'],
    },
    {
      id: 'PUSH-095',
      level: 'SHOULD',
      basis: 'DX',
      statement:
        'Without `apple.title` the seven chat events have their default titles and any other notification a blank one.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink'],
      questions: ['OQ-46'],
    },
  ],
}
