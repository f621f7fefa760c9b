import { changedAnswer } from '../changed-json.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'

export const bothForms = conformFaults([
  {
    name: 'rest-limits-differ',
    rules: ['CV2-181', 'CV2-162', 'CV2-163'],
    does: 'The limits call of the REST form tells the limits of the agent.',
    looksLike: 'The REST form is served by an older part of the node.',
    gate: () => ({
      reply: (reply, asked) =>
        asked.path.endsWith('/limits')
          ? { ...reply, body: reply.body.replace('"upload-max-files":"3"', '"upload-max-files":"30"') }
          : reply,
    }),
  },
  {
    name: 'rest-files-by-any-method',
    rules: ['CV2-181'],
    does: 'A file call by GET is answered 404.',
    looksLike: 'The paths are known for POST only, so another method finds nothing.',
    gate: () => ({
      reply: (reply, { method }) => (method === 'GET' && reply.status === 405 ? { ...reply, status: 404 } : reply),
    }),
  },
  {
    name: 'rest-file-calls-without-alias',
    rules: ['CV2-181'],
    does: 'A file call of the REST form without an alias is served.',
    looksLike: 'The alias is a hint, so it is not asked for.',
    gate: () => ({
      form(form, { operation }) {
        if (!operation.startsWith('file') || form.get('alias')) return form
        const changed = new URLSearchParams(form)
        changed.set('alias', '201')
        return changed
      },
    }),
  },
  {
    name: 'file-answer-with-dead-key',
    rules: ['CV2-182'],
    does: 'The secureKey of an answer to an upload is no key of the session.',
    looksLike: 'The key of the file service is answered.',
    gate: () => ({
      reply: changedAnswer('fileUpload', body =>
        body.statusCode === 0 ? { ...body, secureKey: '0123456789abcdef0123' } : body,
      ),
    }),
  },
  {
    name: 'endpoint-answers-raw-key',
    rules: ['CV2-182'],
    does: 'Answers of the file endpoint have the raw key, which the endpoint does not take.',
    looksLike: 'The key of Chat Server is passed on as it is.',
  },
  {
    name: 'empty-file-refused',
    rules: ['CV2-183'],
    does: 'An empty file is refused with 202.',
    looksLike: 'Size 0 is taken for an unknown size.',
  },
  {
    name: 'path-kept-in-name',
    rules: ['CV2-183'],
    does: 'A file keeps its name with the path.',
    looksLike: 'The name of the form is taken as it is.',
  },
  {
    name: 'agent-files-private',
    rules: ['CV2-184'],
    does: 'A customer cannot download the files of the agent.',
    looksLike: 'A file belongs to its uploader.',
  },
  {
    name: 'own-files-write-only',
    rules: ['CV2-184', 'CV2-173'],
    does: 'A customer cannot download an own file.',
    looksLike: 'The client is thought to have it anyway.',
  },
  {
    name: 'client-file-delete-ignored',
    rules: ['CV2-185'],
    does: 'A customer may delete files whatever the settings say.',
    looksLike: 'The setting is known to the desktop only.',
    gate: () => changedOption('refserver', 'client-file-delete', () => 'true'),
  },
  {
    name: 'file-calls-urlencoded-only',
    rules: ['CV2-186'],
    does: 'Limits, download and deletion as multipart form are answered 415.',
    looksLike: 'Only the upload has a multipart parser.',
    gate: () => ({
      reply: (reply, { operation, headers }) =>
        /^file(GetLimits|Delete)$/.test(operation) && headers['content-type']?.startsWith('multipart/')
          ? { ...reply, status: 415, body: '{"errors":[{"code":9006,"advice":"content type"}]}' }
          : reply,
    }),
  },
])
