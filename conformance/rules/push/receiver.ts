import type { RuleSection } from '../rule.ts'

export const receiver: RuleSection = {
  area: 'push',
  section: 'receiver',
  feature: 'async chat',
  title: 'What a notification receiver does',
  rules: [
    {
      id: 'PUSH-150',
      level: 'MUST',
      basis: 'D',
      statement: 'A receiver answers the POST first and works on it afterwards.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['push sink'],
    },
    {
      id: 'PUSH-151',
      level: 'MUST',
      basis: 'D',
      statement:
        'A receiver of reliable pushes sees to it that the session of each push is refreshed, which confirms the push.',
      source: ['Push notifications via GMS to HTTP server', 'Async chat through the GMS REST API'],
      needs: ['push sink'],
    },
    {
      id: 'PUSH-152',
      level: 'MUST',
      basis: 'D',
      statement: 'A receiver keeps alias, secure key, session id and user id of every running session.',
      source: ['Async chat through the GMS REST API'],
      needs: ['push sink', 'server control'],
    },
    {
      id: 'PUSH-153',
      level: 'MUST',
      basis: 'D',
      statement: 'A receiver takes a reliable push as a trigger and reads no event content from it.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['push sink'],
    },
    {
      id: 'PUSH-154',
      level: 'SHOULD',
      basis: 'D',
      statement: 'A receiver pings each session now and then, in case a push was missed.',
      source: ['Async chat through the GMS REST API'],
      needs: ['push sink'],
    },
    {
      id: 'PUSH-155',
      level: 'SHOULD',
      basis: 'D',
      statement:
        'A mobile client uses CometD in the foreground and gives the connection up when it goes to the background.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['push sink'],
    },
    {
      id: 'PUSH-156',
      level: 'SHOULD',
      basis: 'D',
      statement:
        'A client decides by its own state what to do with a push, because pushes come independently of CometD.',
      source: ['Chat API Version 2 via CometD'],
      needs: ['push sink'],
    },
  ],
}
