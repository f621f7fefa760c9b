import { conformFaults } from '../conform-fault.ts'
import type { CometdAsked, FaultGate, Reply } from '../gate.ts'

const calls = (change: (reply: Reply, asked: CometdAsked) => Reply): FaultGate => ({
  cometdReply: (reply, asked) => (asked.path.includes('jsonp=') ? change(reply, asked) : reply),
})
const nameOf = ({ path }: CometdAsked) => new URLSearchParams(path.slice(path.indexOf('?'))).get('jsonp') ?? ''

export const callbackPolling = conformFaults([
  {
    name: 'callback-as-json',
    rules: ['BX-130'],
    does: 'The answer to a callback is the array without the call.',
    looksLike: 'The parameter has another name.',
    gate: () => calls(reply => ({ ...reply, body: reply.body.replace(/^[^(]*\(|\)$/g, '') })),
  },
  {
    name: 'callback-as-html',
    rules: ['BX-130', 'BX-131', 'BX-003'],
    does: 'The answer to a callback is labelled text/html.',
    looksLike: 'The default of the container.',
    gate: () => calls(reply => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/html' } })),
  },
  {
    name: 'any-callback',
    rules: ['BX-131'],
    does: 'Any text is taken for a callback and sent back as code.',
    looksLike: 'The name is not looked at.',
    gate: () =>
      calls((reply, asked) =>
        reply.status === 400 && nameOf(asked) !== ''
          ? { status: 200, headers: { 'content-type': 'text/javascript' }, body: `${nameOf(asked)}([])` }
          : reply,
      ),
  },
  {
    name: 'callback-without-message-is-500',
    rules: ['BX-132'],
    does: 'A callback without a message is answered 500.',
    looksLike: 'The parameter is null, and nobody looks.',
    gate: () => calls((reply, { path }) => (path.includes('message=') ? reply : { ...reply, status: 500 })),
  },
  {
    name: 'second-message-dropped',
    rules: ['BX-133'],
    does: 'Of several messages of a callback only the first is answered.',
    looksLike: 'getParameter instead of getParameterValues.',
    gate: () => ({
      bayeuxIn: (messages, { transport }) => (transport === 'callback-polling' ? messages.slice(0, 1) : messages),
    }),
  },
  {
    name: 'events-with-any-callback',
    rules: ['BX-134', 'BX-031'],
    does: 'Over callback-polling events come with the answer to a publish.',
    looksLike: 'All HTTP transports share one implementation.',
  },
  {
    name: 'sniffing-allowed',
    rules: ['BX-135'],
    does: 'Answers to callbacks are not marked nosniff.',
    looksLike: 'The header belongs to a filter that is not deployed.',
    gate: () =>
      calls(reply => ({
        ...reply,
        headers: Object.fromEntries(
          Object.entries(reply.headers).filter(([name]) => name !== 'x-content-type-options'),
        ),
      })),
  },
])
