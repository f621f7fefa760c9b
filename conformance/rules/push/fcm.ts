import type { RuleSection } from '../rule.ts'

export const fcm: RuleSection = {
  area: 'push',
  section: 'fcm',
  feature: 'mobile push',
  title: 'Firebase Cloud Messaging',
  rules: [
    {
      id: 'PUSH-120',
      level: 'MUST',
      basis: 'D',
      statement: 'The FCM request addresses the device id as token and carries the title and body of the event.',
      source: ['Chat API Version 2 via CometD', 'Firebase Cloud Messaging'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-121',
      level: 'MUST',
      basis: 'X',
      statement:
        'The node speaks HTTP v1 or the legacy API as `refserver` option `fcm-mode` says; the FCM sink understands both.',
      source: [],
      needs: ['agent', 'push sink', 'configuration'],
      questions: ['OQ-45'],
    },
    {
      id: 'PUSH-122',
      level: 'MUST',
      basis: 'D',
      statement: 'The FCM sink answers a payload of more than 4096 bytes with 400 INVALID_ARGUMENT.',
      source: ['Firebase Cloud Messaging'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-123',
      level: 'MUST',
      basis: 'D',
      statement:
        'The FCM sink answers an unknown token with 404 UNREGISTERED and a malformed token or a missing target with 400.',
      source: ['Firebase Cloud Messaging'],
      needs: ['push sink'],
    },
    {
      id: 'PUSH-124',
      level: 'MUST',
      basis: 'D',
      statement: 'The FCM sink answers a request with missing or wrong authorization with 401.',
      source: ['Firebase Cloud Messaging'],
      needs: ['push sink', 'configuration'],
    },
    {
      id: 'PUSH-125',
      level: 'MUST',
      basis: 'X',
      statement: 'A failed FCM push is not tried again and does not disturb the chat.',
      source: [],
      needs: ['agent', 'push sink', 'fault injection'],
      questions: ['OQ-45'],
    },
    {
      id: 'PUSH-126',
      level: 'MUST',
      basis: 'D',
      statement: 'In debug mode the FCM request is authorized with `debug.fcm.apiKey`.',
      source: ['Push Notification Service', 'Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink', 'configuration'],
    },
    {
      id: 'PUSH-127',
      level: 'SHOULD',
      basis: 'X',
      statement: 'The node shortens a text that would take the FCM request beyond 4096 bytes.',
      source: [],
      needs: ['agent', 'push sink'],
      questions: ['OQ-45'],
    },
  ],
}
