import type { RuleSection } from '../rule.ts'

export const subscription: RuleSection = {
  area: 'push',
  section: 'subscription',
  feature: 'async chat',
  title: 'Push subscription of a client',
  rules: [
    {
      id: 'PUSH-020',
      level: 'MUST',
      basis: 'D',
      statement:
        'Over CometD a mobile push needs a device id, unique per device, and a device type, and each requestNotifications repeats both unchanged.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-021',
      level: 'MUST',
      basis: 'DX',
      statement:
        'Over REST `GCTI_Chat_PushSubscribe`, `GCTI_GMS_PushDeviceId` and `GCTI_GMS_PushDeviceType` are all required: no push is sent when one of them is missing.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
      questions: ['OQ-25'],
    },
    {
      id: 'PUSH-022',
      level: 'MUST',
      basis: 'D',
      statement: 'Every push carries the subscribed device id in `deviceId`, character by character as it was given.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-023',
      level: 'MUST',
      basis: 'DX',
      statement:
        "The customer's own activity is pushed when `GCTI_GMS_NotifyRequestor` is true; otherwise only the activity of the other parties is.",
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['push sink'],
      questions: ['OQ-27'],
    },
    {
      id: 'PUSH-024',
      level: 'MUST',
      basis: 'D',
      statement:
        'A customhttp push contains the event when `GCTI_GMS_PushIncludePayload` is true, and only the device id when it is not.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-025',
      level: 'MUST',
      basis: 'D',
      statement:
        '`GCTI_GMS_PushResend` has effect only together with `GCTI_GMS_PushIncludePayload`; the reference server logs the contradiction and does not resend.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink'],
    },
    {
      id: 'PUSH-026',
      level: 'MUST',
      basis: 'X',
      statement:
        'A subscription with an unknown device type starts the chat normally, sends no push and leaves a warning in the log.',
      source: [],
      needs: ['push sink'],
      questions: ['OQ-43'],
    },
    {
      id: 'PUSH-027',
      level: 'SHOULD',
      basis: 'D',
      statement:
        'With FCM one session belongs to one device: of two devices of the same user only one can take part in the chat.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['push sink'],
    },
    {
      id: 'PUSH-028',
      level: 'MUST',
      basis: 'DX',
      statement:
        'The payload is sent when the option of the service or the key-value pair of the session asks for it; the option holds for every session of the service, the pair for its own session.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink', 'configuration'],
      questions: ['OQ-25'],
    },
    {
      id: 'PUSH-029',
      level: 'SHOULD',
      basis: 'DX',
      statement:
        'FCM pushes belong to chats that were opened over CometD; the reference server takes the types fcm and ios in a REST subscription as well.',
      source: ['Chat API Version 2 via CometD', 'Async chat through the GMS REST API'],
      needs: ['agent', 'push sink'],
      questions: ['OQ-60'],
    },
  ],
}
