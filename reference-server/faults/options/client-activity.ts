import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'

export const clientActivity = conformFaults([
  {
    name: 'resend-delay-at-start',
    rules: ['OPT-026'],
    does: 'A new flex-push-resend-delay is in force only after a restart.',
    looksLike: 'The value is copied when the server starts.',
    gate: () => changedOption('settings', 'flex-push-resend-delay', () => '15'),
  },
])
