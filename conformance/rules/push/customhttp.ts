import type { RuleSection } from '../rule.ts'

export const customhttp: RuleSection = {
  area: 'push',
  section: 'customhttp',
  feature: 'async chat',
  title: 'The customhttp request',
  rules: [
    {
      id: 'PUSH-040',
      level: 'MUST',
      basis: 'D',
      statement: 'A customhttp notification is a POST of a JSON body to the configured URL.',
      source: ['Push Notification Service', 'Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-041',
      level: 'SHOULD',
      basis: 'X',
      statement: 'The POST is labelled with the content type application/json.',
      source: [],
      needs: ['agent', 'push sink'],
      questions: ['OQ-23'],
    },
    {
      id: 'PUSH-042',
      level: 'MUST',
      basis: 'D',
      statement:
        'Without payload the body holds `deviceId` and neither event content nor a key nor anything about a participant.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
      questions: ['OQ-24'],
    },
    {
      id: 'PUSH-043',
      level: 'MUST',
      basis: 'D',
      statement: 'With payload the body has the same event content as the notification that CometD clients get.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-044',
      level: 'MUST',
      basis: 'D',
      statement:
        'In the `message` object `statusCode` is 0 and `chatEnded` a boolean that is true once the session is over.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-045',
      level: 'MUST',
      basis: 'DX',
      statement:
        'The `message` object has `chatId` and `userId` with the text "deprecated", `alias` "0", `monitored` and `nextPosition`.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
      questions: ['OQ-30'],
    },
    {
      id: 'PUSH-046',
      level: 'MUST',
      basis: 'D',
      statement: 'The key in `message.secureKey` serves CometD only; a REST client does not use it.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['push sink', 'destructive'],
    },
    {
      id: 'PUSH-047',
      level: 'SHOULD',
      basis: 'D',
      statement:
        'When the subscription has `GCTI_GMS_ClientChannel`, the service name is part of the opaque key, so a CometD client can resume on that service with it.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['push sink'],
      questions: ['OQ-08'],
    },
    {
      id: 'PUSH-048',
      level: 'MUST',
      basis: 'DX',
      statement:
        'An HTTPS URL is served, and a certificate that is not trusted ends the delivery unless section gms has `http.ssl_trust_all=true`.',
      source: ['Push Notification Service'],
      needs: ['push sink', 'configuration'],
      questions: ['OQ-63'],
    },
  ],
}
