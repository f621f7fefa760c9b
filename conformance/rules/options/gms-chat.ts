import type { RuleSection } from '../rule.ts'

export const gmsChat: RuleSection = {
  area: 'options',
  section: 'gms-chat',
  feature: 'async chat',
  title: 'GMS: sections chat and chat.{service}',
  rules: [
    {
      id: 'OPT-080',
      level: 'MUST',
      basis: 'D',
      statement:
        '`enable_notification_mode` is false by default, takes effect after restart and is read from `[chat]` alone.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['configuration', 'server control'],
      questions: ['OQ-41'],
    },
    {
      id: 'OPT-081',
      level: 'MUST',
      basis: 'DX',
      statement:
        '`enable_notification_mode` is not changed at run time: the reference server marks the new value as pending.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['configuration'],
      questions: ['OQ-41'],
    },
    {
      id: 'OPT-082',
      level: 'MUST',
      basis: 'D',
      statement: '`push_notification_include_payload` is false by default and takes effect immediately.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink', 'configuration'],
    },
    {
      id: 'OPT-083',
      level: 'MUST',
      basis: 'D',
      statement: '`push_notification_to_active_client` is true by default and takes effect after restart.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['agent', 'push sink', 'configuration', 'server control'],
    },
    {
      id: 'OPT-084',
      level: 'SHOULD',
      basis: 'D',
      statement:
        '`default_chat_endpoint` is Environment:default by default, and `_chat_endpoint` of a service wins over it.',
      source: ['Configuring Chat Support'],
      needs: ['agent', 'configuration'],
    },
    {
      id: 'OPT-085',
      level: 'MUST',
      basis: 'X',
      statement: 'A service exists when the configuration has its section `[chat.{service}]`, even an empty one.',
      source: [],
      needs: ['configuration'],
      questions: ['OQ-41'],
    },
    {
      id: 'OPT-086',
      level: 'MUST',
      basis: 'X',
      statement:
        '`auth-username` and `auth-password` of `refserver` in the section of a service switch its Basic authentication on.',
      source: [],
      needs: ['configuration'],
      questions: ['OQ-21'],
    },
  ],
}
