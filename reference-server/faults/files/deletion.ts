import { changedOption } from '../changed-option.ts'
import { changedOutcome } from '../changed-request.ts'
import { conformFaults } from '../conform-fault.ts'

const transfer = 'client-file-transfer'

export const deletion = conformFaults([
  {
    name: 'deleted-file-stays',
    rules: ['CV2-178'],
    does: 'A deleted file can still be downloaded.',
    looksLike: 'Only the event is written.',
  },
  {
    name: 'deletion-hidden-from-customer',
    rules: ['CV2-178'],
    does: 'Customers never see FileDeleted.',
    looksLike: 'Who deletes a file is thought to know.',
    gate: () => ({ visible: event => (event.type === 'FileDeleted' ? false : undefined) }),
  },
  {
    name: 'deletion-without-file-id',
    rules: ['CV2-178'],
    does: 'FileDeleted does not tell which file.',
    looksLike: 'The file is gone before its event is written.',
    gate: () => ({
      event: event => {
        if (event.type !== 'FileDeleted') return event
        const { userData, ...rest } = event
        return rest
      },
    }),
  },
  {
    name: 'deletion-of-nothing-succeeds',
    rules: ['CV2-178'],
    does: 'The deletion of a file that is not there is answered with success.',
    looksLike: 'Deletion is made repeatable for clients that try again.',
  },
  {
    name: 'deletion-ends-chat',
    rules: ['CV2-178', 'CV2-021'],
    does: 'The answer to a deletion says that the chat has ended.',
    looksLike: 'The flag of another answer is reused.',
    gate: () => changedOutcome('fileDelete', outcome => ({ ...outcome, chatEnded: true })),
  },
  {
    name: 'agent-files-deleted',
    rules: ['CV2-179'],
    does: 'A customer can delete a file of the agent.',
    looksLike: 'Whose file it is is not stored.',
  },
  {
    name: 'odd-returns-slot',
    rules: ['CV2-180'],
    does: 'A deletion gives the upload slot back also with delete-file odd.',
    looksLike: 'The files that are there are counted.',
  },
  {
    name: 'slot-never-returned',
    rules: ['CV2-180'],
    does: 'A deletion never gives the upload slot back.',
    looksLike: 'delete-file is only shown.',
    gate: () => changedOption(transfer, 'delete-file', () => 'odd'),
  },
])
