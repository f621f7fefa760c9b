import { changedAnswer, without } from '../changed-json.ts'
import { changedOption } from '../changed-option.ts'
import { changedRequest } from '../changed-request.ts'
import { conformFaults } from '../conform-fault.ts'

const transfer = 'client-file-transfer'
const oneMore = (value: string | undefined) => String(Number(value) + 1)

export const upload = conformFaults([
  {
    name: 'upload-without-file-id',
    rules: ['CV2-165'],
    does: 'The answer to an upload has no file-id.',
    looksLike: 'The id is known only after the file was stored, and the answer does not wait for that.',
    gate: () => ({ reply: changedAnswer('fileUpload', body => without(body, 'userData')) }),
  },
  {
    name: 'upload-tells-another-id',
    rules: ['CV2-165'],
    does: 'The file-id of the answer is not the one of the file.',
    looksLike: 'The id of the upload task is answered in place of the one of the document.',
    gate: () => ({
      reply: changedAnswer('fileUpload', body =>
        body.statusCode === 0 ? { ...body, userData: { 'file-id': 'FFFFFFFFFFFFFFFF' } } : body,
      ),
    }),
  },
  {
    name: 'upload-hidden-from-customer',
    rules: ['CV2-166'],
    does: 'Customers never see FileUploaded.',
    looksLike: 'File notices are taken for the agent side only.',
    gate: () => ({ visible: event => (event.type === 'FileUploaded' ? false : undefined) }),
  },
  {
    name: 'uploaded-event-of-other-file',
    rules: ['CV2-166'],
    does: 'FileUploaded has a file-id of its own.',
    looksLike: 'Event and answer each make an id.',
    gate: () => ({
      event: event =>
        event.type === 'FileUploaded'
          ? { ...event, userData: { ...event.userData, 'file-id': 'EEEEEEEEEEEEEEEE' } }
          : event,
    }),
  },
  {
    name: 'upload-makes-two-events',
    rules: ['CV2-166'],
    does: 'An upload makes two FileUploaded events.',
    looksLike: 'The event is written when the upload begins and when it is done.',
  },
  {
    name: 'refused-upload-makes-event',
    rules: ['CV2-166'],
    does: 'A file that is refused for its type makes a FileUploaded event all the same.',
    looksLike: 'The event is written before the type is looked at.',
  },
  {
    name: 'file-description-lost',
    rules: ['CV2-167'],
    does: 'Description and metadata of an upload are dropped.',
    looksLike: 'Of a multipart form only the file part is read.',
    gate: () => changedRequest('fileUpload', ({ userData, ...request }) => request),
  },
  {
    name: 'one-file-too-many',
    rules: ['CV2-168'],
    does: 'One file more than upload-max-files is accepted.',
    looksLike: 'The limit is compared with the count before this file.',
  },
  {
    name: 'file-count-of-the-documentation',
    rules: ['CV2-168'],
    does: 'upload-max-files is always 3.',
    looksLike: 'The default is built in, and the option only shown.',
    gate: () => changedOption(transfer, 'upload-max-files', () => '3'),
  },
  {
    name: 'file-size-limit-one-higher',
    rules: ['CV2-169'],
    does: 'A file may have one byte more than upload-max-file-size.',
    looksLike: 'The bytes are counted from 0.',
    gate: () => changedOption(transfer, 'upload-max-file-size', oneMore),
  },
  {
    name: 'file-size-limit-exclusive',
    rules: ['CV2-169'],
    does: 'A file of exactly upload-max-file-size is refused.',
    looksLike: 'The limit is taken for the first size that is too much.',
    gate: () => changedOption(transfer, 'upload-max-file-size', value => String(Number(value) - 1)),
  },
  {
    name: 'total-size-ignored',
    rules: ['CV2-169'],
    does: 'upload-max-total-size is not looked at.',
    looksLike: 'Only what one file shows is checked.',
  },
  {
    name: 'too-large-is-201',
    rules: ['CV2-169'],
    does: 'A file that is too large is refused with 201.',
    looksLike: 'All limits share one error.',
    gate: () => ({
      outcome: (_request, outcome) =>
        outcome.kind === 'refused' && outcome.reason === 'too-large'
          ? { ...outcome, reason: 'too-many-files' }
          : outcome,
    }),
  },
  {
    name: 'any-file-type',
    rules: ['CV2-170'],
    does: 'A file of any type is accepted.',
    looksLike: 'The list of types is for the dialog of the browser only.',
    gate: () => changedRequest('fileUpload', request => ({ ...request, file: { ...request.file!, name: 'a.txt' } })),
  },
  {
    name: 'file-types-case-sensitive',
    rules: ['CV2-170'],
    does: 'PHOTO.PNG is refused, photo.png accepted.',
    looksLike: 'Extensions are compared as they are.',
  },
  {
    name: 'first-extension-counts',
    rules: ['CV2-170'],
    does: 'invoice.txt.exe is accepted as a txt.',
    looksLike: 'The name is cut at its first dot.',
  },
  {
    name: 'type-by-content-type',
    rules: ['CV2-170'],
    does: 'Everything that claims to be text/plain is accepted.',
    looksLike: 'The content type of the part is trusted.',
    gate: () =>
      changedRequest('fileUpload', request =>
        request.file!.type === 'text/plain' && !/\.exe$|^[^.]*$|\.$/.test(request.file!.name)
          ? { ...request, file: { ...request.file!, name: 'a.txt' } }
          : request,
      ),
  },
  {
    name: 'upload-without-agent',
    rules: ['CV2-171'],
    does: 'upload-need-agent is not looked at.',
    looksLike: 'It is left to the client, which gets the limit told.',
    gate: () => changedOption(transfer, 'upload-need-agent', () => 'false'),
  },
  {
    name: 'upload-always-needs-agent',
    rules: ['CV2-171'],
    does: 'A file needs an agent also with upload-need-agent false.',
    looksLike: 'The option is read when the server starts.',
    gate: () => changedOption(transfer, 'upload-need-agent', () => 'true'),
  },
  {
    name: 'bot-allows-upload',
    rules: ['CV2-171'],
    does: 'A bot counts as the agent that an upload needs.',
    looksLike: 'Whoever is in the chat beside the customer counts.',
  },
  {
    name: 'refused-file-ends-chat',
    rules: ['CV2-172'],
    does: 'The answer to a refused file says that the chat has ended.',
    looksLike: 'Every statusCode 2 is built by the same function.',
    gate: () => ({
      reply: changedAnswer('fileUpload', body => (body.statusCode === 2 ? { ...body, chatEnded: true } : body)),
    }),
  },
  {
    name: 'refused-file-removes-customer',
    rules: ['CV2-172'],
    does: 'A refused file removes the customer from the chat.',
    looksLike: 'A violation of limits is taken for an attack.',
  },
  {
    name: 'refused-files-stay-on-disk',
    rules: ['CV2-172'],
    does: 'Of a file that is refused the content stays on the disk.',
    looksLike: 'Only accepted files have an owner that clears them away.',
  },
  {
    name: 'second-file-ignored',
    rules: ['CV2-172', 'CV2-164', 'CV2-166'],
    does: 'Of several files in one form the first one is taken.',
    looksLike: 'The form is read up to its first file.',
  },
])
