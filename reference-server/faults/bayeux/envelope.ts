import { changedMessages, isEvent, replyTo } from '../changed-messages.ts'
import { conformFaults } from '../conform-fault.ts'
import type { CometdAsked, FaultGate, Reply } from '../gate.ts'

function changedReply(fits: (reply: Reply, asked: CometdAsked) => boolean, change: (reply: Reply) => Reply): FaultGate {
  return { cometdReply: (reply, asked) => (fits(reply, asked) ? change(reply) : reply) }
}

const status = (code: number) => (reply: Reply) => ({ ...reply, status: code, body: '' })
const isPost = ({ method }: CometdAsked) => method === 'POST'

export const envelope = conformFaults([
  {
    name: 'cometd-at-its-path-only',
    rules: ['BX-001'],
    does: 'A POST to the endpoint with something behind its path is answered 404.',
    looksLike: 'The servlet is mapped without a star.',
    gate: () => changedReply((_, asked) => isPost(asked) && /cometd\/./.test(asked.path), status(404)),
  },
  {
    name: 'arrays-only',
    rules: ['BX-002'],
    does: 'A body that is one message object is answered 400.',
    looksLike: 'The parser is made for arrays, as the specification demands them.',
    gate: () => changedReply((_, { body }) => body.trimStart().startsWith('{'), status(400)),
  },
  {
    name: 'one-answer-without-array',
    rules: ['BX-003'],
    does: 'An answer of one message is an object.',
    looksLike: 'The serializer unwraps arrays of one.',
    gate: () =>
      changedReply(
        ({ body }, asked) => isPost(asked) && body.startsWith('[') && (JSON.parse(body) as unknown[]).length === 1,
        reply => ({ ...reply, body: reply.body.slice(1, -1) }),
      ),
  },
  {
    name: 'cometd-answers-as-text',
    rules: ['BX-003'],
    does: 'Answers are labelled text/plain.',
    looksLike: 'Nobody sets the type, and the container has its own idea.',
    gate: () =>
      changedReply(
        ({ body }, asked) => isPost(asked) && body !== '',
        reply => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } }),
      ),
  },
  {
    name: 'unsuccessful-is-400',
    rules: ['BX-004', 'BX-050'],
    does: 'An answer without a successful message has status 400.',
    looksLike: 'A filter makes HTTP errors of what the protocol calls unsuccessful.',
    gate: () =>
      changedReply(
        ({ body }) => body.includes('"successful":false') && !body.includes('"successful":true'),
        reply => ({ ...reply, status: 400 }),
      ),
  },
  {
    name: 'content-type-demanded',
    rules: ['BX-005'],
    does: 'A POST without a content type is answered 415.',
    looksLike: 'A framework reads bodies by their type.',
    gate: () => changedReply((_, asked) => isPost(asked) && asked.headers['content-type'] === undefined, status(415)),
  },
  {
    name: 'foreign-type-is-500',
    rules: ['BX-005'],
    does: 'A POST labelled as plain text is answered 500.',
    looksLike: 'There is no reader for the type, and nobody catches the exception.',
    gate: () => changedReply((_, { headers }) => headers['content-type'] === 'text/plain', status(500)),
  },
  {
    name: 'get-without-callback-is-500',
    rules: ['BX-007', 'BX-132'],
    does: 'A GET without a callback is answered 500.',
    looksLike: 'The parameter is used before it is looked at.',
    gate: () => changedReply((_, { method, path }) => method === 'GET' && !path.includes('jsonp='), status(500)),
  },
  {
    name: 'put-is-a-post',
    rules: ['BX-007'],
    does: 'A PUT is answered like a POST.',
    looksLike: 'The servlet overrides service() and not doPost().',
    gate: () =>
      changedReply(
        (_, { method }) => method === 'PUT',
        reply => ({
          ...reply,
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: '[{"channel":"/meta/connect","successful":true}]',
        }),
      ),
  },
  {
    name: 'malformed-json-is-500',
    rules: ['BX-009', 'BX-010'],
    does: 'Malformed JSON is answered 500.',
    looksLike: 'The exception of the parser goes through to the container.',
    gate: () => changedReply((reply, asked) => isPost(asked) && reply.status === 400, status(500)),
  },
  {
    name: 'empty-body-is-200',
    rules: ['BX-010'],
    does: 'An empty body and null are answered 200 with nothing.',
    looksLike: 'No messages come in, so none go out.',
    gate: () => changedReply((_, { body, method }) => method === 'POST' && /^(null|\[\])?$/.test(body), status(200)),
  },
  {
    name: 'cometd-emoji-lost',
    rules: ['BX-012'],
    does: 'Characters beyond the basic plane are delivered as question marks.',
    looksLike: 'A buffer is cut into characters of 16 bits and put together again one by one.',
    gate: () =>
      changedMessages(isEvent, event => ({
        ...event,
        data: JSON.parse(JSON.stringify(event.data ?? null).replace(/[\u{10000}-\u{10FFFF}]/gu, '??')),
      })),
  },
  {
    name: 'nul-lost',
    rules: ['BX-012'],
    does: 'The character NUL is left out of what is delivered.',
    looksLike: 'A filter against injection drops control characters.',
    gate: () =>
      changedMessages(isEvent, event => ({
        ...event,
        data: JSON.parse(JSON.stringify(event.data ?? null).replaceAll('\\u0000', '')),
      })),
  },
  {
    name: 'publish-waits-for-connect',
    rules: ['BX-014', 'BX-084', 'BX-145', 'BX-175'],
    does: 'While a connect is held nothing else of its session is answered.',
    looksLike: 'A lock of the session is kept while the connect waits.',
    gate() {
      const held = new Set<string>()
      return {
        bayeuxIn(messages) {
          for (const { channel, clientId } of messages) if (channel === '/meta/connect') held.add(String(clientId))
          return messages
        },
        bayeuxOut(messages, { clientId = '' }) {
          if (messages.some(replyTo('/meta/connect'))) held.delete(clientId)
          return held.has(clientId) ? [] : messages
        },
      }
    },
  },
  {
    name: 'form-is-500',
    rules: ['BX-006'],
    does: 'A form-encoded POST is answered 500.',
    looksLike: 'The container has read the body already, and the parser finds nothing.',
    gate: () =>
      changedReply((_, { headers }) => String(headers['content-type']).includes('x-www-form-urlencoded'), status(500)),
  },
  {
    name: 'options-is-405',
    rules: ['BX-008'],
    does: 'OPTIONS is answered 405.',
    looksLike: 'Nobody has a handler for the method.',
    gate: () => changedReply((_, { method }) => method === 'OPTIONS', status(405)),
  },
  {
    name: 'too-large-is-500',
    rules: ['BX-011'],
    does: 'A body above the limit is answered 500.',
    looksLike: "The exception of the reader is nobody's business.",
    gate: () => changedReply(({ status: code }) => code === 413, status(500)),
  },
])
