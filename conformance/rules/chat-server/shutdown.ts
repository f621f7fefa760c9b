import type { RuleSection } from '../rule.ts'

export const shutdown: RuleSection = {
  area: 'chat-server',
  section: 'shutdown',
  feature: 'async chat',
  title: 'Intentional shutdown',
  rules: [
    {
      id: 'CS-100',
      level: 'MUST',
      basis: 'D',
      statement:
        'With `shutdown-notify-flex-push=1` an instance that is stopped in order pushes to each subscribed session a ParticipantLeft of participant 1 with the advice "reconnect".',
      source: ['Async chat through the GMS REST API'],
      needs: ['push sink', 'configuration', 'server control'],
    },
    {
      id: 'CS-101',
      level: 'MUST',
      basis: 'X',
      statement: 'The advice is in `userData["quit-reason-advice"]` of the event, and `chatEnded` is false.',
      source: [],
      needs: ['push sink', 'configuration', 'server control'],
      questions: ['OQ-37'],
    },
    {
      id: 'CS-102',
      level: 'MUST',
      basis: 'DX',
      statement: 'With the default of `shutdown-notify-flex-push`, 0, a stopping instance pushes nothing.',
      source: ['Async chat through the GMS REST API'],
      needs: ['push sink', 'server control'],
      questions: ['OQ-37'],
    },
    {
      id: 'CS-103',
      level: 'MUST',
      basis: 'D',
      statement: 'An instance that crashes pushes nothing.',
      source: ['Async chat through the GMS REST API'],
      needs: ['push sink', 'server control'],
    },
    {
      id: 'CS-104',
      level: 'MUST',
      basis: 'X',
      statement:
        'The shutdown advice goes out once, is not repeated for reliable subscriptions either, and leaves no event in the transcript.',
      source: [],
      needs: ['time control', 'push sink', 'configuration', 'server control'],
      questions: ['OQ-37'],
    },
    {
      id: 'CS-105',
      level: 'MUST',
      basis: 'D',
      statement: 'A receiver answers the advice with a ping of that session, and the ping restores it elsewhere.',
      source: ['Async chat through the GMS REST API'],
      needs: ['push sink', 'server control'],
    },
    {
      id: 'CS-106',
      level: 'MUST',
      basis: 'X',
      statement:
        'An instance that is stopping takes no new session and answers the requests it has until its advice is out.',
      source: [],
      needs: ['server control'],
      questions: ['OQ-37'],
    },
  ],
}
