import type { RuleSection } from '../rule.ts'

export const batching: RuleSection = {
  area: 'bayeux',
  section: 'batching',
  feature: 'bayeux',
  title: 'Batches',
  rules: [
    {
      id: 'BX-100',
      level: 'MUST',
      basis: 'O',
      statement:
        'The messages of a request are answered in their order, after all events that they caused, and one that fails does not stop the others.',
      source: ['CometD server on the wire'],
      needs: ['echo'],
    },
    {
      id: 'BX-101',
      level: 'SHOULD',
      basis: 'O',
      statement:
        'In a request with messages of two clientIds the first session is served and the other one refused with 402.',
      source: ['CometD server on the wire'],
      needs: [],
    },
  ],
}
