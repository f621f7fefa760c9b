import { changedAnswer } from '../changed-json.ts'
import { conformFaults } from '../conform-fault.ts'
import type { Reply } from '../gate.ts'

/** An HTTP answer with one error, in place of the right one. */
function refusal(reply: Reply, status: number, code: number, advice: string): Reply {
  return { ...reply, status, body: JSON.stringify({ errors: [{ code, advice }] }) }
}

function changedValues(form: URLSearchParams, change: (value: string, name: string) => string): URLSearchParams {
  return new URLSearchParams([...form].map(([name, value]): [string, string] => [name, change(value, name)]))
}

const isMultipart = (type: string | undefined) => type?.startsWith('multipart/') === true

export const transport = conformFaults([
  {
    name: 'no-custom-notice-path',
    rules: ['CV2-001'],
    does: 'The path customNotice does not exist.',
    looksLike: 'The route was forgotten when the operations moved to another servlet.',
    gate: () => ({
      reply: (reply, { operation }) =>
        operation === 'customNotice' ? refusal(reply, 404, 9004, 'unknown operation') : reply,
    }),
  },
  {
    name: 'disconnect-answered-204',
    rules: ['CV2-001', 'CV2-007', 'CV2-020'],
    does: 'Disconnect is answered 204 without a body.',
    looksLike: 'The method returns void, of which the framework makes an empty answer.',
    gate: () => ({
      reply: (reply, { operation }) => (operation === 'disconnect' ? { status: 204, headers: {}, body: '' } : reply),
    }),
  },
  {
    name: 'get-answered-404',
    rules: ['CV2-002'],
    does: 'A wrong method is answered 404 instead of 405.',
    looksLike: 'Routes are registered for POST alone, and everything else falls through to the default handler.',
    gate: () => ({ reply: reply => (reply.status === 405 ? { ...reply, status: 404 } : reply) }),
  },
  {
    name: 'no-allow-header',
    rules: ['CV2-002'],
    does: 'The 405 does not say which method is allowed.',
    looksLike: 'A proxy rewrites the error page and drops the header.',
    gate: () => ({
      reply(reply) {
        const { allow: _, ...headers } = reply.headers
        return { ...reply, headers }
      },
    }),
  },
  {
    name: 'put-not-refused',
    rules: ['CV2-002'],
    does: 'PUT on the path of an operation is answered like an operation that failed.',
    looksLike: 'The method is looked at after the session, and what fails there is an outcome of the chat.',
    gate: () => ({
      reply: (reply, { method, operation }) =>
        method === 'PUT' && operation !== 'requestChat'
          ? {
              ...reply,
              status: 200,
              body: '{"statusCode":2,"chatEnded":true,"messages":[],"errors":[{"code":249,"advice":"no session[1]"}]}',
            }
          : reply,
    }),
  },
  {
    name: 'multipart-not-read',
    rules: ['CV2-003'],
    does: 'The fields of a multipart form are not seen by request chat.',
    looksLike: 'The servlet lacks its multipart configuration, so there are no parameters.',
    gate: () => ({
      form: (form, { operation, headers }) =>
        operation === 'requestChat' && isMultipart(headers['content-type']) ? new URLSearchParams() : form,
    }),
  },
  {
    name: 'multipart-without-user-data',
    rules: ['CV2-003'],
    does: 'User data of a multipart form is not attached.',
    looksLike: 'Brackets in part names are taken for file parts.',
    gate: () => ({
      form: (form, { headers }) =>
        isMultipart(headers['content-type'])
          ? new URLSearchParams([...form].filter(([name]) => !name.includes('[')))
          : form,
    }),
  },
  {
    name: 'charset-refused',
    rules: ['CV2-004', 'CV2-003'],
    does: 'A content type with a charset parameter is answered 415.',
    looksLike: 'The header is compared as a whole.',
    gate: () => ({
      reply: (reply, { headers }) =>
        /charset/i.test(headers['content-type'] ?? '') ? refusal(reply, 415, 9006, 'wrong content type') : reply,
    }),
  },
  {
    name: 'content-type-in-lower-case-only',
    rules: ['CV2-004', 'CV2-003'],
    does: 'A content type with capital letters is answered 415.',
    looksLike: 'Media types are compared letter by letter.',
    gate: () => ({
      reply: (reply, { headers }) =>
        /^[^;]*[A-Z]/.test(headers['content-type'] ?? '') ? refusal(reply, 415, 9006, 'wrong content type') : reply,
    }),
  },
  {
    name: 'plus-stays-plus',
    rules: ['CV2-004'],
    does: 'A plus sign in an urlencoded form is not read as a blank.',
    looksLike: 'The body is decoded like a path.',
    gate: () => ({
      form: (form, { headers }) =>
        isMultipart(headers['content-type']) ? form : changedValues(form, value => value.replaceAll(' ', '+')),
    }),
  },
  {
    name: 'multipart-only-at-start',
    rules: ['CV2-005'],
    does: 'A multipart form is answered 415 by all operations but request chat.',
    looksLike: 'Only the first endpoint was declared to consume both types.',
    gate: () => ({
      reply: (reply, { operation, headers }) =>
        operation !== 'requestChat' && isMultipart(headers['content-type'])
          ? refusal(reply, 415, 9006, 'wrong content type')
          : reply,
    }),
  },
  {
    name: 'json-is-served',
    rules: ['CV2-006'],
    does: 'A JSON body is read as a form.',
    looksLike: 'The framework binds whatever body it can parse to the same parameters.',
  },
  {
    name: 'json-is-served-and-refused',
    rules: ['CV2-006'],
    does: 'A JSON body is answered 415 after the operation was carried out.',
    looksLike: 'The content type is checked by a filter that runs after the handler.',
    gate: () => ({
      inPlace: 'json-is-served',
      reply: (reply, { headers }) =>
        headers['content-type'] === 'application/json' ? refusal(reply, 415, 9006, 'wrong content type') : reply,
    }),
  },
  {
    name: 'wrong-content-type-400',
    rules: ['CV2-006'],
    does: 'A wrong content type is answered 400 instead of 415.',
    looksLike: 'The form is found empty before its type is looked at.',
    gate: () => ({ reply: reply => (reply.status === 415 ? { ...reply, status: 400 } : reply) }),
  },
  {
    name: 'errors-as-plain-text',
    rules: ['CV2-007'],
    does: 'The JSON of a refused request is labelled text/plain.',
    looksLike: 'The error handler writes to the raw response and sets no type.',
    gate: () => ({
      reply: reply =>
        reply.status >= 400 ? { ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } } : reply,
    }),
  },
  {
    name: 'typing-answer-as-html',
    rules: ['CV2-007'],
    does: 'Answers to startTyping are labelled text/html.',
    looksLike: 'One endpoint lacks the declaration of what it produces.',
    gate: () => ({
      reply: (reply, { operation }) =>
        operation === 'startTyping'
          ? { ...reply, headers: { ...reply.headers, 'content-type': 'text/html;charset=UTF-8' } }
          : reply,
    }),
  },
  {
    name: 'any-service',
    rules: ['CV2-008'],
    does: 'Any service name is served.',
    looksLike: 'A service without a section falls back on the defaults of [chat].',
  },
  {
    name: 'unknown-service-400',
    rules: ['CV2-008'],
    does: 'An unknown service is answered 400.',
    looksLike: 'The lookup throws, and every exception becomes 400.',
    gate: () => ({
      reply: reply => (reply.body.includes('"code":9003') ? { ...reply, status: 400 } : reply),
    }),
  },
  {
    name: 'unknown-operation-refreshes',
    rules: ['CV2-009'],
    does: 'An operation that does not exist is served as a refresh.',
    looksLike: 'The switch over the operations has refresh as its default branch.',
  },
  {
    name: 'no-trailing-slash',
    rules: ['CV2-010'],
    does: 'A path with a slash at its end is answered 404.',
    looksLike: 'The router matches paths strictly since its last major version.',
    gate: () => ({
      reply: (reply, { path }) => (path.endsWith('/') ? refusal(reply, 404, 9004, 'unknown operation') : reply),
    }),
  },
  {
    name: 'strict-form',
    rules: ['CV2-011'],
    does: 'A form with a field that is not documented is answered 400.',
    looksLike: 'Forms are bound to a class, and unknown properties are errors.',
    gate: () => ({
      form: form => (form.has('colour') ? new URLSearchParams() : form),
    }),
  },
  {
    name: 'text-is-message',
    rules: ['CV2-011'],
    does: 'A field text takes the place of message.',
    looksLike: 'The old field name is still read first.',
    gate: () => ({
      form: form =>
        form.has('text') ? changedValues(form, (v, name) => (name === 'message' ? form.get('text')! : v)) : form,
    }),
  },
  {
    name: 'blank-for-empty-text',
    rules: ['CV2-012'],
    does: 'A send with an empty message adds a message.',
    looksLike: 'The field is checked for null, not for the empty text.',
    gate: () => ({
      form: (form, { operation }) =>
        operation === 'send' ? changedValues(form, (v, name) => (name === 'message' && v === '' ? ' ' : v)) : form,
    }),
  },
  {
    name: 'empty-token-is-wrong-token',
    rules: ['CV2-012'],
    does: 'An empty token is looked up like any other: statusCode 2 with 249 instead of 400.',
    looksLike: 'The node passes empty parameters on to Chat Server.',
    gate: () => ({
      form: form => changedValues(form, (v, name) => (name === 'userId' && v === '' ? 'unknown' : v)),
    }),
  },
  {
    name: 'missing-field-with-200',
    rules: ['CV2-012'],
    does: 'A missing field is answered HTTP 200 with statusCode 2.',
    looksLike: 'The form is checked by the code that also answers for Chat Server.',
    gate: () => ({
      reply(reply) {
        if (!reply.body.includes('"code":9001')) return reply
        const { errors } = JSON.parse(reply.body) as { errors: object[] }
        return {
          ...reply,
          status: 200,
          body: JSON.stringify({ statusCode: 2, chatEnded: false, messages: [], errors }),
        }
      },
    }),
  },
  {
    name: 'latin-1-forms',
    rules: ['CV2-013'],
    does: 'Form values are read as Latin-1.',
    looksLike: 'The servlet container falls back on its default encoding because the form does not name one.',
    gate: () => ({
      form: form => changedValues(form, value => Buffer.from(value, 'utf8').toString('latin1')),
    }),
  },
  {
    name: 'latin-1-multipart',
    rules: ['CV2-013'],
    does: 'Parts of a multipart form are read as Latin-1.',
    looksLike: 'A part has no charset of its own, and the default of MIME is taken.',
    gate: () => ({
      form: (form, { headers }) =>
        isMultipart(headers['content-type'])
          ? changedValues(form, value => Buffer.from(value, 'utf8').toString('latin1'))
          : form,
    }),
  },
  {
    name: 'emoji-lost',
    rules: ['CV2-013'],
    does: 'Characters beyond the basic plane come back as question marks.',
    looksLike: 'The database column holds three bytes a character.',
    gate: () => ({
      event: event =>
        event.text === undefined ? event : { ...event, text: event.text.replace(/[\u{10000}-\u{10ffff}]/gu, '?') },
    }),
  },
  {
    name: 'latin-1-answers',
    rules: ['CV2-013'],
    does: 'Answers to refresh go out in Latin-1 with question marks for what does not fit.',
    looksLike: "The writer takes the platform's encoding instead of the one that the header names.",
    gate: () => ({
      reply: (reply, { operation }) =>
        operation === 'refresh' ? { ...reply, body: reply.body.replace(/[^\0-\xff]/g, '?') } : reply,
    }),
  },
  {
    name: 'api-key-checked',
    rules: ['CV2-014'],
    does: 'A request with a header apikey is answered 401.',
    looksLike: 'The key of the API gateway is checked a second time by the node, which does not know it.',
    gate: () => ({
      reply: (reply, { headers }) =>
        headers.apikey !== undefined || headers['x-api-key'] !== undefined
          ? refusal(reply, 401, 9008, 'unknown API key')
          : reply,
    }),
  },
  {
    name: 'node-keeps-sessions',
    rules: ['CV2-015'],
    does: 'A node serves only the chats that it began itself.',
    looksLike: 'Sessions are looked up in a table of the node before its Chat Servers are asked.',
    gate() {
      const homes = new Map<string, string | undefined>()
      const refuse = changedAnswer('', ({ chatId, alias }) => ({
        statusCode: 2,
        chatEnded: true,
        messages: [],
        chatId,
        alias,
        errors: [{ code: 249, advice: 'Media server was not able to execute request. referenceId[1]' }],
      }))
      return {
        reply(reply, asked) {
          const { operation, path, headers } = asked
          if (operation === 'requestChat' && reply.status === 200) {
            homes.set(String((JSON.parse(reply.body) as { chatId?: string }).chatId), headers.host)
            return reply
          }
          const home = homes.get(path.split('/')[5] ?? '')
          return home === undefined || home === headers.host ? reply : refuse(reply, asked)
        },
      }
    },
  },
])
