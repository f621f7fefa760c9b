import { timesAsLong } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'

export const lifeCycle = conformFaults([
  {
    name: 'disconnect-timeout-doubled',
    rules: ['CS-001', 'OPT-020'],
    does: 'A party without subscription is removed after twice the configured time.',
    looksLike: 'The timer looks at the sessions at intervals of its own length.',
    gate: () => timesAsLong('settings', 'flex-disconnect-timeout', 2),
  },
])
