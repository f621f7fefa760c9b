import { changedAnswer, changedEvents, without } from '../changed-json.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

type Json = Record<string, unknown>

/** Acts on the values of the limits call. */
function changedLimits(change: (values: Json) => Json): FaultGate {
  return {
    reply: changedEvents('fileGetLimits', event => ({ ...event, userData: change(event.userData as Json) })),
  }
}

export const limits = conformFaults([
  {
    name: 'no-file-endpoint',
    rules: ['CV2-160'],
    does: 'The file endpoint is not there.',
    looksLike: 'A proxy in front of the node passes on /genesys/2/chat/ and the CometD paths only.',
    gate: () => ({
      reply: (reply, { path }) =>
        path.startsWith('/genesys/2/chat-ntf')
          ? { ...reply, status: 404, body: '{"errors":[{"code":9004,"advice":"unknown operation"}]}' }
          : reply,
    }),
  },
  {
    name: 'no-operation-is-limits',
    rules: ['CV2-161'],
    does: 'A request to the file endpoint without an operation is answered with the limits.',
    looksLike: 'The first operation of the list is the default of the dispatcher.',
    gate: () => ({
      form(form, { operation }) {
        if (operation !== '' || form.get('operation')) return form
        const changed = new URLSearchParams(form)
        changed.set('operation', 'fileGetLimits')
        return changed
      },
    }),
  },
  {
    name: 'unknown-file-operation-is-404',
    rules: ['CV2-161'],
    does: 'An operation that the file endpoint does not know is answered 404.',
    looksLike: 'The operation is mapped to a path of an inner service.',
    gate: () => ({
      reply: (reply, { path }) =>
        path.startsWith('/genesys/2/chat-ntf') && reply.body.includes('"code":9004')
          ? { ...reply, status: 404 }
          : reply,
    }),
  },
  {
    name: 'limits-in-the-answer',
    rules: ['CV2-162', 'CV2-026'],
    does: 'The file limits are userData of the answer itself, and there is no Notice.',
    looksLike: 'The notice of Chat Server is unpacked before it is passed on.',
    gate: () => ({
      reply: changedAnswer('fileGetLimits', body => {
        const [notice] = (body.messages ?? []) as Json[]
        return { ...body, messages: [], userData: notice?.userData }
      }),
    }),
  },
  {
    name: 'limits-notice-renamed',
    rules: ['CV2-162'],
    does: 'The Notice of the file limits has the text file-cfg-get.',
    looksLike: 'The agent side has a notice of that name.',
    gate: () => ({ reply: changedEvents('fileGetLimits', event => ({ ...event, text: 'file-cfg-get' })) }),
  },
  {
    name: 'limits-take-an-index',
    rules: ['CV2-162'],
    does: 'The Notice of the file limits is an event of the transcript.',
    looksLike: 'Every notice of Chat Server is stored.',
  },
  {
    name: 'limits-as-numbers',
    rules: ['CV2-163', 'CV2-059'],
    does: 'File limits that are numbers come as numbers.',
    looksLike: 'The serializer writes the type that the configuration has.',
    gate: () =>
      changedLimits(values =>
        Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, /^\d+$/.test(String(value)) ? Number(value) : value]),
        ),
      ),
  },
  {
    name: 'limits-without-delete-file',
    rules: ['CV2-163'],
    does: 'The file limits do not tell delete-file.',
    looksLike: 'An older Chat Server does not have that option.',
    gate: () => changedLimits(values => without(values, 'delete-file')),
  },
  {
    name: 'limits-of-the-start',
    rules: ['CV2-163'],
    does: 'The file limits are told as they were when they were first asked for.',
    looksLike: 'The node keeps them for all sessions to spare Chat Server the question.',
    gate: () => {
      let first: Json | undefined
      return changedLimits(values => {
        first ??= values
        const used = Object.entries(values).filter(([name]) => name.startsWith('used-'))
        return { ...first, ...Object.fromEntries(used) }
      })
    },
  },
  {
    name: 'uploads-not-counted',
    rules: ['CV2-164'],
    does: 'used-upload-max-files is always 0.',
    looksLike: 'The counter is kept by the node, and another node took the upload.',
    gate: () => changedLimits(values => ({ ...values, 'used-upload-max-files': '0' })),
  },
  {
    name: 'downloads-not-counted',
    rules: ['CV2-164'],
    does: 'used-download-attempts counts each file once.',
    looksLike: 'The member is taken for the number of files that were downloaded.',
    gate: () =>
      changedLimits(values => ({
        ...values,
        'used-download-attempts': String(Math.min(1, Number(values['used-download-attempts']))),
      })),
  },
  {
    name: 'refused-uploads-counted',
    rules: ['CV2-164'],
    does: 'A file that is refused for its type counts as uploaded.',
    looksLike: 'The counter is raised when the upload begins.',
  },
])
