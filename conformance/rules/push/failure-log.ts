import type { RuleSection } from '../rule.ts'

export const failureLog: RuleSection = {
  area: 'push',
  section: 'failure-log',
  feature: 'async chat',
  title: 'Log lines of failed pushes',
  rules: [
    {
      id: 'PUSH-080',
      level: 'MUST',
      basis: 'DX',
      statement:
        'The reference server writes the GMS line Dbg 09900 and the Chat Server line Trc 59758 with their variable parts filled in.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink', 'fault injection'],
      questions: ['OQ-62'],
    },
    {
      id: 'PUSH-081',
      level: 'SHOULD',
      basis: 'X',
      statement: 'A POST that failed is logged with its status, device id and duration.',
      source: [],
      needs: ['agent', 'push sink', 'fault injection'],
      questions: ['OQ-23'],
    },
    {
      id: 'PUSH-082',
      level: 'MUST',
      basis: 'DX',
      statement:
        'Each notification that did not reach the HTTP server gives one GMS line with the event index and the reason, each notification without a node one Chat Server line.',
      source: ['Push notifications via GMS to HTTP server'],
      needs: ['agent', 'push sink', 'server control', 'fault injection'],
      questions: ['OQ-62'],
    },
  ],
}
