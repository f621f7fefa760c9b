import { conformFaults } from '../conform-fault.ts'

export const nodeAssociation = conformFaults([
  {
    name: 'no-line-without-node',
    rules: ['CS-054', 'PUSH-080'],
    does: 'A notification without a node is not logged.',
    looksLike: 'The trace level of the line is above the one that is configured.',
    gate: () => ({ line: line => (line.startsWith('Trc 59758') ? undefined : line) }),
  },
])
