import type { PushNotice } from '../../messages.ts'
import { requestsOfKnownChats } from '../changed-request.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

type Json = Record<string, unknown>

/** A gate that changes the object `message` of bodies that have one. */
function changedMessage(change: (message: Json, notice: PushNotice) => Json): () => FaultGate {
  return () => ({
    body(body, notice) {
      const { message } = body as { message?: unknown }
      if (typeof message !== 'object' || message === null) return body
      return { ...body, message: change(message as Json, notice) }
    },
  })
}

/** A gate that changes the event of pushes with payload. */
function changedEvent(change: (event: NonNullable<PushNotice['event']>) => object): () => FaultGate {
  return () => ({
    notice: notice =>
      notice.form === 'event' && notice.event
        ? [{ ...notice, event: change(notice.event) as NonNullable<PushNotice['event']> }]
        : [notice],
  })
}

export const customhttp = conformFaults([
  {
    name: 'put-instead-of-post',
    rules: ['PUSH-040'],
    does: 'Notifications are sent with PUT.',
    looksLike: 'The client library was updated, and its default method is another one.',
    gate: () => ({ post: post => ({ ...post, method: 'PUT' }) }),
  },
  {
    name: 'push-to-the-root',
    rules: ['PUSH-040'],
    does: 'The path of customhttp.url is lost.',
    looksLike: 'Host and port are read from the URL, the rest is not.',
    gate: () => ({ post: post => ({ ...post, path: '/' }) }),
  },
  {
    name: 'query-of-url-lost',
    rules: ['PUSH-040'],
    does: 'The query of customhttp.url is lost.',
    looksLike: 'Host, port and path are read from the URL, the rest is not.',
    gate: () => ({ post: post => ({ ...post, path: post.path.split('?', 1)[0]! }) }),
  },
  {
    name: 'push-as-form',
    rules: ['PUSH-040'],
    does: 'The body is a form field with JSON in it.',
    looksLike: 'The client library sends forms, as everywhere else in the API.',
    gate: () => ({ post: post => ({ ...post, body: `notification=${encodeURIComponent(post.body)}` }) }),
  },
  {
    name: 'push-as-text',
    rules: ['PUSH-041'],
    does: 'The POST is labelled text/plain.',
    looksLike: 'A default of the client library.',
    gate: () => ({ post: post => ({ ...post, headers: { ...post.headers, 'content-type': 'text/plain' } }) }),
  },
  {
    name: 'push-without-content-type',
    rules: ['PUSH-041'],
    does: 'The POST has no content type.',
    looksLike: 'The header is set for answers only.',
    gate: () => ({ post: post => ({ ...post, headers: {} }) }),
  },
  {
    name: 'key-without-payload',
    rules: ['PUSH-042'],
    does: 'A push without payload carries the secure key.',
    looksLike: 'A debug member of the notification object is left in.',
    gate: () => ({ body: (body, notice) => ('message' in body ? body : { ...body, secureKey: notice.secureKey }) }),
  },
  {
    name: 'sender-in-header',
    rules: ['PUSH-042'],
    does: 'A push without payload names the chat in a header.',
    looksLike: 'A header for tracing is added to every outgoing request.',
    gate: () => ({
      post: (post, notice) => ({ ...post, headers: { ...post.headers, 'x-trace': `chat=${notice.chatId}` } }),
    }),
  },
  {
    name: 'text-as-message-without-payload',
    rules: ['PUSH-042'],
    does: 'A push without payload has the text of the event as its message.',
    looksLike: 'The member that may hold a fixed text is filled with the real one.',
    gate: () => ({
      body: (body, notice) =>
        'message' in body || notice.event?.text === undefined ? body : { ...body, message: notice.event.text },
    }),
  },
  {
    name: 'utf8-twice',
    rules: ['PUSH-043'],
    does: 'Characters beyond ASCII are encoded twice.',
    looksLike: 'A text in UTF-8 is taken for Latin-1 on its way to the sender.',
    gate: changedEvent(event =>
      event.text === undefined ? event : { ...event, text: Buffer.from(event.text).toString('latin1') },
    ),
  },
  {
    name: 'pushed-text-cut',
    rules: ['PUSH-043'],
    does: 'The text of a push ends after 1024 characters.',
    looksLike: 'A limit of mobile pushes is applied to all types.',
    gate: changedEvent(event => (event.text === undefined ? event : { ...event, text: event.text.slice(0, 1024) })),
  },
  {
    name: 'pushed-text-escaped',
    rules: ['PUSH-043'],
    does: 'Quotes and angle brackets in a pushed text are HTML entities.',
    looksLike: 'Texts are escaped for a web page that is not there.',
    gate: changedEvent(event =>
      event.text === undefined
        ? event
        : { ...event, text: event.text.replaceAll('"', '&quot;').replaceAll('<', '&lt;') },
    ),
  },
  {
    name: 'push-without-message-type',
    rules: ['PUSH-043'],
    does: 'messageType is missing in pushes.',
    looksLike: 'The member came with a later version and was added to the answers only.',
    gate: changedEvent(({ messageType: _, ...event }) => event),
  },
  {
    name: 'typing-pushed-without-preview',
    rules: ['PUSH-043'],
    does: 'The text of a TypingStarted is not in the push.',
    looksLike: 'Previews are taken for internal.',
    gate: changedEvent(event => {
      if (event.type !== 'TypingStarted') return event
      const { text: _, ...rest } = event
      return rest
    }),
  },
  {
    name: 'push-never-ends-chat',
    rules: ['PUSH-044', 'PUSH-058'],
    does: 'chatEnded is false in the last push, too.',
    looksLike: 'The notification is built before the session is closed.',
    gate: () => ({ notice: notice => [{ ...notice, chatEnded: false }] }),
  },
  {
    name: 'agent-leaving-ends-chat',
    rules: ['PUSH-044', 'CV2-145'],
    does: 'The push that an agent left says that the chat has ended.',
    looksLike: 'ParticipantLeft is taken for the end, whoever left.',
    gate: () => ({
      notice: notice => [{ ...notice, chatEnded: notice.chatEnded || notice.eventType === 'ParticipantLeft' }],
    }),
  },
  {
    name: 'push-chat-ended-as-text',
    rules: ['PUSH-044'],
    does: 'chatEnded is a text.',
    looksLike: 'Values of a key-value list are written as they are.',
    gate: changedMessage(message => ({ ...message, chatEnded: String(message.chatEnded) })),
  },
  {
    name: 'push-without-status-code',
    rules: ['PUSH-044'],
    does: 'statusCode is missing in pushes.',
    looksLike: 'There is no request, so somebody thought that there is no status.',
    gate: changedMessage(({ statusCode: _, ...message }) => message),
  },
  {
    name: 'push-tells-chat-id',
    rules: ['PUSH-045'],
    does: 'message.chatId is the id of the chat.',
    looksLike: 'The object is built by the code that builds answers.',
    gate: changedMessage((message, notice) => ({ ...message, chatId: notice.chatId })),
  },
  {
    name: 'push-alias-of-server',
    rules: ['PUSH-045'],
    does: 'message.alias is the alias of the Chat Server.',
    looksLike: 'The object is built by the code that builds answers.',
    gate: changedMessage(message => ({ ...message, alias: '201' })),
  },
  {
    name: 'push-without-monitored',
    rules: ['PUSH-045'],
    does: 'monitored is missing in pushes.',
    looksLike: 'Members that are false are left out.',
    gate: changedMessage(({ monitored: _, ...message }) => message),
  },
  {
    name: 'push-next-position-too-low',
    rules: ['PUSH-045'],
    does: 'message.nextPosition is the index of the event.',
    looksLike: 'The position is read before the event is counted.',
    gate: changedMessage(message => ({ ...message, nextPosition: Number(message.nextPosition) - 1 })),
  },
  {
    name: 'raw-key-in-push',
    rules: ['PUSH-046'],
    does: 'message.secureKey is the key of the chat.',
    looksLike: 'The object is built by the code that builds answers.',
    gate: changedMessage((message, notice) => ({ ...message, secureKey: notice.secureKey })),
  },
  {
    name: 'cometd-key-over-rest',
    rules: ['PUSH-046'],
    does: 'The key of a push is accepted in REST requests.',
    looksLike: 'Both keys go through the same function, which understands both.',
    gate: () =>
      requestsOfKnownChats((request, last) =>
        request.secureKey.length > 2 * last.secureKey.length ? { ...request, secureKey: last.secureKey } : request,
      ),
  },
  {
    name: 'any-certificate',
    rules: ['PUSH-048'],
    does: 'Certificates of receivers are never checked.',
    looksLike: 'A switch for the laboratory went into production.',
    gate: () => ({ option: (_section, option, value) => (option === 'http.ssl_trust_all' ? 'true' : value) }),
  },
  {
    name: 'https-not-served',
    rules: ['PUSH-048', 'OPT-096'],
    does: 'Nothing is sent to an HTTPS URL.',
    looksLike: 'The client was built without TLS.',
    gate: () => ({
      target: target =>
        target.kind === 'target' && target.origin.startsWith('https')
          ? { kind: 'none', reason: 'unsupported protocol' }
          : target,
    }),
  },
])
