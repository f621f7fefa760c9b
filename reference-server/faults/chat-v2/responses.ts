import { changedAnswer, without } from '../changed-json.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate, Reply } from '../gate.ts'

type Json = Record<string, unknown>

/** Acts on answers with this statusCode, of whatever operation. */
function changedStatus(statusCode: number, change: (body: Json) => Json): FaultGate {
  return { reply: changedAnswer('', body => (body.statusCode === statusCode ? change(body) : body)) }
}

function withError(reply: Reply, status: number, body: string): Reply {
  return { ...reply, status, body }
}

export const responses = conformFaults([
  {
    name: 'status-code-as-text',
    rules: ['CV2-020'],
    does: 'statusCode is the text "0" in answers to send.',
    looksLike: 'The member was generated from an XML schema in which everything is text.',
    gate: () => ({ reply: changedAnswer('send', body => ({ ...body, statusCode: String(body.statusCode) })) }),
  },
  {
    name: 'no-status-code',
    rules: ['CV2-020'],
    does: 'Answers to updateData have no statusCode.',
    looksLike: 'The serializer leaves out members that have their default value.',
    gate: () => ({ reply: changedAnswer('updateData', body => without(body, 'statusCode')) }),
  },
  {
    name: 'fatal-as-status-3',
    rules: ['CV2-020'],
    does: 'Requests after the end are answered with statusCode 3.',
    looksLike: 'A status of the Chat Server protocol leaks through.',
    gate: () => changedStatus(2, body => ({ ...body, statusCode: 3 })),
  },
  {
    name: 'stale-key-in-answer',
    rules: ['CV2-021'],
    does: 'A refresh is answered with a secureKey that is not in force.',
    looksLike: 'The answer is taken from a cache that is older than the last change of key.',
    gate: () => ({
      outcome: (request, outcome) =>
        request.operation === 'refresh' && outcome.kind === 'ok' && !outcome.chatEnded
          ? { ...outcome, secureKey: '0123456789abcdef0123' }
          : outcome,
    }),
  },
  {
    name: 'foreign-user-id-in-answer',
    rules: ['CV2-021'],
    does: 'The userId in the answer to startTyping is not the one of the session.',
    looksLike: 'The member holds the id of the connection to Chat Server.',
    gate: () => ({ reply: changedAnswer('startTyping', body => ({ ...body, userId: '00000000000000FF' })) }),
  },
  {
    name: 'no-alias-in-answers',
    rules: ['CV2-021'],
    does: 'Answers to send have no alias.',
    looksLike: 'The member was dropped when CometD made it obsolete.',
    gate: () => ({ reply: changedAnswer('send', body => without(body, 'alias')) }),
  },
  {
    name: 'next-position-of-start',
    rules: ['CV2-021', 'CV2-087'],
    does: 'nextPosition of a refresh never grows beyond 2.',
    looksLike: 'The position is remembered when the chat begins and not updated.',
    gate: () => ({ reply: changedAnswer('refresh', body => ({ ...body, nextPosition: 2 })) }),
  },
  {
    name: 'lost-link-is-fatal',
    rules: ['CV2-022'],
    does: 'A request during a break of the connection to Chat Server is answered statusCode 2 with chatEnded.',
    looksLike: 'Every exception on the way to Chat Server is taken for the end of the session.',
    gate: () => changedStatus(1, () => fatal('Chat Server is not reachable [1]')),
  },
  {
    name: 'lost-link-is-503',
    rules: ['CV2-022'],
    does: 'A request during a break of the connection to Chat Server is answered HTTP 503.',
    looksLike: 'The failure is told by the container before the chat code sees it.',
    gate: () => ({
      reply: reply =>
        reply.body.includes('"statusCode":1,')
          ? withError(reply, 503, '{"errors":[{"code":9009,"advice":"Chat Server does not answer"}]}')
          : reply,
    }),
  },
  {
    name: 'never-recovers',
    rules: ['CV2-022'],
    does: 'After one answer with statusCode 1 all later ones have it, too.',
    looksLike: 'A circuit breaker opens and never closes again.',
    gate() {
      let open: Json | undefined
      return {
        reply: changedAnswer('', body => {
          if (body.statusCode === 1) open = body
          return open ?? body
        }),
      }
    },
  },
  {
    name: 'fatal-then-served',
    rules: ['CV2-023'],
    does: 'A request that was fatal twice is answered statusCode 0 the third time.',
    looksLike: 'A node that was refused too often answers from its cache.',
    gate() {
      const refusals = new Map<string, number>()
      return {
        outcome(request, outcome) {
          const { chatId, userId, secureKey, operation } = request
          if (operation !== 'refresh' || outcome.kind !== 'refused' || outcome.reason === 'not-here') return outcome
          const count = (refusals.get(chatId) ?? 0) + 1
          refusals.set(chatId, count)
          if (count < 3) return outcome
          const alias = outcome.alias ?? ''
          return { kind: 'ok', alias, chatId, userId, secureKey, nextPosition: 2, chatEnded: false, events: [] }
        },
      }
    },
  },
  {
    name: 'lost-link-ends-chat',
    rules: ['CV2-024'],
    does: 'Answers with statusCode 1 have chatEnded true.',
    looksLike: 'The member says that the node has no session at hand.',
    gate: () => changedStatus(1, body => ({ ...body, chatEnded: true })),
  },
  {
    name: 'no-chat-ended',
    rules: ['CV2-025'],
    does: 'Answers to refresh do not tell chatEnded while the chat runs.',
    looksLike: 'A false member is left out by the serializer.',
    gate: () => ({
      reply: changedAnswer('refresh', body => (body.chatEnded === false ? without(body, 'chatEnded') : body)),
    }),
  },
  {
    name: 'fatal-without-chat-ended',
    rules: ['CV2-025'],
    does: 'Fatal answers do not tell chatEnded.',
    looksLike: 'The error object has no such member.',
    gate: () => changedStatus(2, body => without(body, 'chatEnded')),
  },
  {
    name: 'no-empty-messages',
    rules: ['CV2-026'],
    does: 'An answer without events has no messages.',
    looksLike: 'Empty lists are left out by the serializer.',
    gate: () => ({
      reply: changedAnswer('', body =>
        Array.isArray(body.messages) && body.messages.length === 0 ? without(body, 'messages') : body,
      ),
    }),
  },
  {
    name: 'fatal-with-null-messages',
    rules: ['CV2-026'],
    does: 'messages is null in fatal answers.',
    looksLike: 'The list is never created when the request fails.',
    gate: () => changedStatus(2, body => ({ ...body, messages: null })),
  },
  {
    name: 'one-message-without-array',
    rules: ['CV2-026'],
    does: 'A single event stands in messages without an array around it.',
    looksLike: 'A converter from XML makes a list only of repeated elements.',
    gate: () => ({
      reply: changedAnswer('refresh', body => {
        const { messages } = body as { messages?: unknown[] }
        return messages?.length === 1 ? { ...body, messages: messages[0] } : body
      }),
    }),
  },
  {
    name: 'alias-as-number',
    rules: ['CV2-027'],
    does: 'alias is a number in answers to refresh.',
    looksLike: 'The DBID is serialized as what it is inside.',
    gate: () => ({ reply: changedAnswer('refresh', body => ({ ...body, alias: Number(body.alias) })) }),
  },
  {
    name: 'next-position-as-text',
    rules: ['CV2-027'],
    does: 'nextPosition is a text in answers to send.',
    looksLike: 'It is copied from the form field transcriptPosition.',
    gate: () => ({ reply: changedAnswer('send', body => ({ ...body, nextPosition: String(body.nextPosition) })) }),
  },
  {
    name: 'empty-errors',
    rules: ['CV2-028'],
    does: 'Answers to refresh have an empty list of errors.',
    looksLike: 'The list is created with the answer and serialized whatever is in it.',
    gate: () => ({ reply: changedAnswer('refresh', body => (body.statusCode === 0 ? { ...body, errors: [] } : body)) }),
  },
  {
    name: 'fatal-without-errors',
    rules: ['CV2-028'],
    does: 'Fatal answers have no errors.',
    looksLike: 'The reason is only logged.',
    gate: () => changedStatus(2, body => without(body, 'errors')),
  },
  {
    name: 'error-code-as-text',
    rules: ['CV2-028'],
    does: 'The code of an error is a text.',
    looksLike: 'Codes are keys of the table of messages.',
    gate: () =>
      changedStatus(2, body => ({
        ...body,
        errors: (body.errors as Json[]).map(error => ({ ...error, code: String(error.code) })),
      })),
  },
  {
    name: 'retryable-without-advice',
    rules: ['CV2-028'],
    does: 'The error of an answer with statusCode 1 has no advice.',
    looksLike: 'There is no text for a code that was added later.',
    gate: () => changedStatus(1, body => ({ ...body, errors: [{ code: 9009 }] })),
  },
  {
    name: 'fatal-with-key',
    rules: ['CV2-029'],
    does: 'A fatal answer carries a secureKey.',
    looksLike: 'The answer object is filled from the request before the request is served.',
    gate: () => changedStatus(2, body => ({ ...body, secureKey: '0011223344556677' })),
  },
  {
    name: 'fatal-with-position',
    rules: ['CV2-029'],
    does: 'A fatal answer carries nextPosition.',
    looksLike: 'A position that is not known is told as 1.',
    gate: () => changedStatus(2, body => ({ ...body, nextPosition: 1 })),
  },
  {
    name: 'no-reference-id',
    rules: ['CV2-030'],
    does: 'The advice of error 249 has no reference id.',
    looksLike: 'The text was translated and lost its placeholder.',
    gate: () =>
      changedStatus(2, body => ({
        ...body,
        errors: [{ code: 249, advice: 'Media server was not able to execute request.' }],
      })),
  },
  {
    name: 'reference-id-not-logged',
    rules: ['CV2-030'],
    does: 'The reference id of an error is not in the log.',
    looksLike: 'The line is written at a level that is off.',
    gate: () => ({ line: line => (line.includes('referenceId[') ? undefined : line) }),
  },
  {
    name: 'other-reference-id-logged',
    rules: ['CV2-030'],
    does: 'The log has another reference id than the answer.',
    looksLike: 'The counter is read twice.',
    gate: () => ({ line: line => line.replace(/referenceId\[(\d+)\]/, (_, id) => `referenceId[${Number(id) + 1}]`) }),
  },
  {
    name: 'chat-id-reformatted',
    rules: ['CV2-031'],
    does: 'Answers to send tell the chatId with a zero in front and without its last character.',
    looksLike: 'One path formats the id as a number of fixed length.',
    gate: () => ({ reply: changedAnswer('send', body => ({ ...body, chatId: `0${body.chatId}`.slice(0, 16) })) }),
  },
  {
    name: 'alias-lost-on-the-way',
    rules: ['CV2-032'],
    does: 'Answers to send have alias "0", and a request with that alias finds no Chat Server.',
    looksLike: 'The answer is built by the code for CometD, where the alias means nothing.',
    gate: () => ({
      form: form => {
        const changed = new URLSearchParams(form)
        if (form.get('alias') === '0') changed.set('userId', 'nobody')
        return changed
      },
      reply: changedAnswer('send', body => (body.statusCode === 0 ? { ...body, alias: '0' } : body)),
    }),
  },
  {
    name: 'html-error-page',
    rules: ['CV2-035', 'CV2-007'],
    does: 'HTTP 404 and 405 come with an HTML page.',
    looksLike: 'The error page of the servlet container is used.',
    gate: () => ({
      reply: reply =>
        reply.status === 404 || reply.status === 405
          ? withError(reply, reply.status, '<html><body><h1>Not found</h1></body></html>')
          : reply,
    }),
  },
  {
    name: 'error-with-status-code',
    rules: ['CV2-035'],
    does: 'HTTP 4xx answers have a statusCode beside their errors.',
    looksLike: 'One answer class is used for everything.',
    gate: () => ({
      reply: reply =>
        reply.status >= 400
          ? { ...reply, body: JSON.stringify({ statusCode: 2, ...(JSON.parse(reply.body) as Json) }) }
          : reply,
    }),
  },
  {
    name: 'errors-as-object',
    rules: ['CV2-035'],
    does: 'errors of an HTTP 4xx answer is one object instead of an array.',
    looksLike: 'There is always one, so nobody missed the brackets.',
    gate: () => ({
      reply(reply) {
        if (reply.status < 400) return reply
        const { errors } = JSON.parse(reply.body) as { errors: object[] }
        return { ...reply, body: JSON.stringify({ errors: errors[0] }) }
      },
    }),
  },
  {
    name: 'empty-401',
    rules: ['CV2-035', 'CV2-007'],
    does: 'The 401 has no body.',
    looksLike: 'The security filter answers before the API does.',
    gate: () => ({ reply: reply => (reply.status === 401 ? withError(reply, 401, '') : reply) }),
  },
  {
    name: 'too-large-is-400',
    rules: ['CV2-035'],
    does: 'A body above the limit is answered 400 instead of 413.',
    looksLike: 'The parser fails on the cut body.',
    gate: () => ({ reply: reply => (reply.status === 413 ? { ...reply, status: 400 } : reply) }),
  },
  {
    name: 'names-mixed-up',
    rules: ['CV2-036'],
    does: 'The codes for a missing first name and a missing last name are swapped.',
    looksLike: 'The error names the field that was given.',
    gate: () => ({
      reply: reply => ({
        ...reply,
        body: reply.body.replace(/"code":10([23])\b/, (_, digit) => `"code":10${digit === '2' ? 3 : 2}`),
      }),
    }),
  },
  {
    name: 'one-name-is-enough',
    rules: ['CV2-036'],
    does: 'Request chat is accepted with the first name alone.',
    looksLike: 'The last name is optional in the table of the CometD API.',
    gate: () => ({
      form(form, { operation }) {
        const changed = new URLSearchParams(form)
        if (operation === 'requestChat' && form.get('firstName') && !form.get('lastName')) changed.set('lastName', '-')
        return changed
      },
    }),
  },
  {
    name: 'nameless-chat',
    rules: ['CV2-036'],
    does: 'Request chat without any name is accepted.',
    looksLike: 'A default nickname was introduced for anonymous chats.',
    gate: () => ({
      form(form, { operation }) {
        const changed = new URLSearchParams(form)
        if (operation === 'requestChat' && !form.get('firstName') && !form.get('lastName') && !form.get('nickname'))
          changed.set('nickname', 'Anonymous')
        return changed
      },
    }),
  },
  {
    name: 'any-e-mail',
    rules: ['CV2-037'],
    does: 'Any text is taken as an e-mail address.',
    looksLike: 'The check was moved to the web page.',
    gate: () => ({
      form(form) {
        const changed = new URLSearchParams(form)
        changed.delete('emailAddress')
        return changed
      },
    }),
  },
  {
    name: 'strict-e-mail',
    rules: ['CV2-037'],
    does: 'An e-mail address with a plus sign is refused.',
    looksLike: 'The pattern knows letters, digits, dots and dashes.',
    gate: () => ({
      form(form) {
        const changed = new URLSearchParams(form)
        if (/[+']/.test(form.get('emailAddress') ?? '')) changed.set('emailAddress', 'malformed')
        return changed
      },
    }),
  },
  {
    name: 'message-limit-off-by-one',
    rules: ['CV2-038'],
    does: 'A message may be one byte longer than max-message-bytes.',
    looksLike: 'The comparison is the wrong way round at its edge.',
    gate: () => changedOption('refserver', 'max-message-bytes', value => String(Number(value) + 1)),
  },
  {
    name: 'message-limit-in-characters',
    rules: ['CV2-038'],
    does: 'max-message-bytes counts characters.',
    looksLike: 'The length of the text is compared, not that of its encoding.',
    gate() {
      let surplus = 0
      return {
        form(form) {
          const message = form.get('message') ?? ''
          surplus = Buffer.byteLength(message) - message.length
          return form
        },
        ...changedOption('refserver', 'max-message-bytes', value => String(Number(value) + surplus)),
      }
    },
  },
  {
    name: 'full-server-is-249',
    rules: ['CV2-039'],
    does: 'A full system is told as error 249.',
    looksLike: 'The refusal of Chat Server is not told apart from others.',
    gate: () => ({
      reply: reply => ({
        ...reply,
        body: reply.body.replace(/"code":240,"advice":"[^"]*"/, '"code":249,"advice":"Media server failed. [1]"'),
      }),
    }),
  },
  {
    name: 'full-server-is-503',
    rules: ['CV2-039'],
    does: 'A full system is told as HTTP 503.',
    looksLike: 'The load balancer is to try another node.',
    gate: () => ({
      reply: reply =>
        reply.body.includes('"code":240') ? withError(reply, 503, '{"errors":[{"code":240,"advice":"full"}]}') : reply,
    }),
  },
  {
    name: 'refused-chat-stays',
    rules: ['CV2-039'],
    does: 'A chat that is refused for the load limit has a session all the same.',
    looksLike: 'The limit is checked after the session was created.',
    gate() {
      let started = 0
      return {
        ...changedOption('settings', 'limits-control-enabled', () => 'false'),
        outcome(request, outcome) {
          if (request.operation !== 'requestChat' || outcome.kind !== 'ok' || ++started <= 2) return outcome
          return { kind: 'refused', reason: 'limited', alias: outcome.alias }
        },
      }
    },
  },
])

function fatal(advice: string): Json {
  return { messages: [], chatEnded: true, statusCode: 2, errors: [{ code: 249, advice }] }
}
