import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'

const transfer = 'client-file-transfer'

export const download = conformFaults([
  {
    name: 'download-reencoded',
    rules: ['CV2-173'],
    does: 'A download is read as UTF-8 text and written again.',
    looksLike: 'The content goes through a text field of a message.',
  },
  {
    name: 'download-once-cut',
    rules: ['CV2-173'],
    does: 'A download ends at 64 KiB.',
    looksLike: 'The content is read with one call into one buffer.',
  },
  {
    name: 'download-as-text',
    rules: ['CV2-174'],
    does: 'Every download is labelled text/plain.',
    looksLike: 'The stored type is not kept.',
  },
  {
    name: 'download-without-name',
    rules: ['CV2-174'],
    does: 'A download is an attachment without a name.',
    looksLike: 'The name is known to the event only.',
  },
  {
    name: 'download-name-in-ascii',
    rules: ['CV2-174'],
    does: 'Letters beyond ASCII in the name of a download become underscores.',
    looksLike: 'The header is written in the older form only.',
  },
  {
    name: 'failed-download-is-200',
    rules: ['CV2-175'],
    does: 'A download that fails is answered 200 with a fatal answer.',
    looksLike: 'All errors of the endpoint are built alike.',
    gate: () => ({
      reply: (reply, { operation }) =>
        operation === 'fileDownload' && reply.status === 500 ? { ...reply, status: 200 } : reply,
    }),
  },
  {
    name: 'failed-download-without-reference',
    rules: ['CV2-175'],
    does: 'The answer to a failed download has no reference id.',
    looksLike: 'The error page of the container replaces the body.',
    gate: () => ({
      reply: (reply, { operation }) =>
        operation === 'fileDownload' ? { ...reply, body: reply.body.replace(/ ?referenceId\[\d+\]/, '') } : reply,
    }),
  },
  {
    name: 'failed-download-same-reference',
    rules: ['CV2-175'],
    does: 'Every failed download has the reference id 1.',
    looksLike: 'The counter belongs to the request.',
    gate: () => ({
      reply: (reply, { operation }) =>
        operation === 'fileDownload'
          ? { ...reply, body: reply.body.replace(/referenceId\[\d+\]/, 'referenceId[1]') }
          : reply,
    }),
  },
  {
    name: 'files-of-everybody',
    rules: ['CV2-175'],
    does: 'A file is downloaded by whoever knows its id.',
    looksLike: 'The content is looked up by its id alone.',
  },
  {
    name: 'no-download-alias',
    rules: ['CV2-176'],
    does: 'The operation download is unknown.',
    looksLike: 'Only the operations of the table are built, not those of the sample.',
    gate: () => ({
      form(form) {
        if (form.get('operation') !== 'download') return form
        const changed = new URLSearchParams(form)
        changed.set('operation', 'downloads')
        return changed
      },
    }),
  },
  {
    name: 'download-attempts-ignored',
    rules: ['CV2-177'],
    does: 'A file can be downloaded without end.',
    looksLike: 'The count is kept and not looked at.',
    gate: () => changedOption(transfer, 'download-attempts', () => '1000000'),
  },
  {
    name: 'one-download-more',
    rules: ['CV2-177'],
    does: 'A file can be downloaded once more than download-attempts says.',
    looksLike: 'The attempts are counted from 0.',
    gate: () => changedOption(transfer, 'download-attempts', value => String(Number(value) + 1)),
  },
  {
    name: 'download-attempts-of-the-session',
    rules: ['CV2-177'],
    does: 'download-attempts holds for all files of a session together.',
    looksLike: 'used-download-attempts is compared with it.',
  },
])
