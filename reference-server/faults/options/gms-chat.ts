import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'

export const gmsChat = conformFaults([
  {
    name: 'include-payload-ignored',
    rules: ['OPT-082', 'PUSH-028'],
    does: 'push_notification_include_payload has no effect.',
    looksLike: 'The option is read from the section of another service.',
    gate: () => changedOption('chat*', 'push_notification_include_payload', () => 'false'),
  },
])
