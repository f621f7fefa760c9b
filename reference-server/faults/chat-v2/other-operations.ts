import { conformFaults } from '../conform-fault.ts'

export const otherOperations = conformFaults([
  {
    name: 'any-key',
    rules: ['CV2-103', 'CS-015'],
    does: 'Any secureKey is accepted.',
    looksLike: 'The key is compared with the one that the client has just sent.',
  },
])
