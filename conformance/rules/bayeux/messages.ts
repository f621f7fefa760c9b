import type { RuleSection } from '../rule.ts'

export const messages: RuleSection = {
  area: 'bayeux',
  section: 'messages',
  feature: 'bayeux',
  title: 'Every message',
  rules: [
    {
      id: 'BX-170',
      level: 'MUST',
      basis: 'D',
      statement: 'A message has the members that its channel demands, of their types, and none that it must not have.',
      source: ['Bayeux protocol 1.0'],
      needs: ['echo'],
    },
    {
      id: 'BX-171',
      level: 'MUST',
      basis: 'D',
      statement: 'A request with an id gets one answer, but none where a later connect took its place on a socket.',
      source: ['Bayeux protocol 1.0'],
      needs: [],
    },
    {
      id: 'BX-172',
      level: 'MUST',
      basis: 'DX',
      statement: 'What is unsuccessful has an error in the form code:args:text, and nothing else has one.',
      source: ['Bayeux protocol 1.0'],
      needs: [],
    },
    {
      id: 'BX-173',
      level: 'MUST',
      basis: 'D',
      statement: 'No message holds the clientId of another session.',
      source: ['Bayeux protocol 1.0'],
      needs: ['echo'],
    },
    {
      id: 'BX-174',
      level: 'MUST',
      basis: 'D',
      statement: 'Our client has one connect under way at most, and waits for the interval before the next.',
      source: ['Bayeux protocol 1.0'],
      needs: [],
    },
    {
      id: 'BX-175',
      level: 'SHOULD',
      basis: 'O',
      statement: 'A message is answered within 10 s, a connect within its hold time and 10 s.',
      source: ['client: npm cometd'],
      needs: [],
    },
  ],
}
