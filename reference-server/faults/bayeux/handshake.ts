import type { BayeuxMessage } from '../../gms-node/bayeux/message.ts'
import { without } from '../changed-json.ts'
import { changedMessages, changedRequests, isEvent, isReply, isSuccess, replyTo } from '../changed-messages.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

const shaken = replyTo('/meta/handshake')
const changedHandshake = (change: (reply: BayeuxMessage) => BayeuxMessage): FaultGate =>
  changedMessages(message => shaken(message) && isSuccess(message), change)

export const handshake = conformFaults([
  {
    name: 'handshake-without-version',
    rules: ['BX-020'],
    does: 'The answer to a handshake has no version.',
    looksLike: 'There is only one version, so nobody writes it.',
    gate: () => changedHandshake(reply => without(reply, 'version')),
  },
  {
    name: 'handshake-without-types',
    rules: ['BX-020', 'BX-023', 'BX-025'],
    does: 'The answer to a handshake names no connection types.',
    looksLike: 'The list is empty when no transport has registered itself in time.',
    gate: () => changedHandshake(reply => ({ ...reply, supportedConnectionTypes: [] })),
  },
  {
    name: 'strict-in-name-only',
    rules: ['BX-024', 'BX-025', 'BX-051', 'BX-086'],
    does: 'A strict server takes what CometD takes.',
    looksLike: 'The option is read and nobody asks for it.',
    gate: () => changedOption('refserver', 'cometd.strict', () => 'false'),
  },
  {
    name: 'strict-about-newer-clients',
    rules: ['BX-024'],
    does: 'A strict server refuses a newer client, although it says that it can do with version 1.0.',
    looksLike: 'The version is compared as a text.',
    gate: () =>
      changedRequests(
        ({ channel, version }) => channel === '/meta/handshake' && version !== '1.0',
        message => without(message, 'minimumVersion'),
      ),
  },
  {
    name: 'client-ids-with-dashes',
    rules: ['BX-021'],
    does: 'A clientId is a UUID with its dashes.',
    looksLike: 'UUID.randomUUID().toString().',
    gate: () => changedHandshake(reply => ({ ...reply, clientId: `${String(reply.clientId).slice(0, 24)}-0001` })),
  },
  {
    name: 'client-ids-of-a-counter',
    rules: ['BX-021'],
    does: 'ClientIds differ in their last digits only.',
    looksLike: 'They are made of the start of the process and a counter.',
    gate() {
      let count = 1_000
      return changedHandshake(reply => ({ ...reply, clientId: `1a2b3c4d5e6f7g8h9i0j${++count}` }))
    },
  },
  {
    name: 'client-ids-come-again',
    rules: ['BX-021'],
    does: 'After four thousand clientIds the first one comes again.',
    looksLike: 'They come from a small generator of random numbers.',
    gate() {
      let count = 0
      return changedHandshake(reply => {
        count = (count + 1) % 4_000
        const digits = (BigInt(count + 1) * 6_364_136_223_846_793_005_144n).toString(36)
        return { ...reply, clientId: digits.split('').reverse().join('').padEnd(20, '0').repeat(2) }
      })
    },
  },
  {
    name: 'handshake-without-advice',
    rules: ['BX-022'],
    does: 'The answer to a handshake has no advice.',
    looksLike: 'Advice is sent when something changes, and nothing has.',
    gate: () => changedHandshake(reply => without(reply, 'advice')),
  },
  {
    name: 'handshake-advice-without-timeout',
    rules: ['BX-022', 'BX-170'],
    does: 'The advice of a handshake has its timeout as a text.',
    looksLike: 'The options are texts and go out as they are.',
    gate: () => changedHandshake(reply => ({ ...reply, advice: { ...(reply.advice as object), timeout: '30000' } })),
  },
  {
    name: 'refused-handshake-has-client-id',
    rules: ['BX-026', 'BX-027'],
    does: 'A refused handshake has a clientId.',
    looksLike: 'The session is made before it is decided whether there may be one.',
    gate: () =>
      changedMessages(
        message => shaken(message) && !isSuccess(message),
        reply => ({ ...reply, clientId: '1a2b3c4d5e6f7g8h9i0j1k2l' }),
      ),
  },
  {
    name: 'company-of-a-handshake-is-served',
    rules: ['BX-028'],
    does: 'In a request with a handshake the other messages are carried out.',
    looksLike: 'The messages are handed on one by one, and nobody looks at their company.',
    gate: () => ({
      bayeuxIn: messages =>
        messages.length > 1 ? messages.filter(({ channel }) => channel !== '/meta/handshake') : messages,
    }),
  },
  {
    name: 'handshake-gives-the-old-id',
    rules: ['BX-029'],
    does: 'A handshake with a clientId is answered with that clientId.',
    looksLike: 'A client that has an id is taken to know what it wants.',
    gate() {
      let old: unknown
      return {
        bayeuxIn(messages) {
          const [first] = messages
          old = first?.channel === '/meta/handshake' ? first.clientId : undefined
          return messages
        },
        bayeuxOut: messages =>
          messages.map(each => (old !== undefined && shaken(each) ? { ...each, clientId: old } : each)),
      }
    },
  },
  {
    name: 'ids-as-numbers',
    rules: ['BX-030'],
    does: 'An id that looks like a number comes back as one.',
    looksLike: 'The JSON library guesses types.',
    gate: () =>
      changedMessages(
        ({ id }) => typeof id === 'string' && /^\d+$/.test(id),
        message => ({ ...message, id: Number(message.id) }),
      ),
  },
  {
    name: 'ids-made-up',
    rules: ['BX-030', 'BX-171'],
    does: 'An answer to a message without an id has one.',
    looksLike: 'The server numbers what comes without a number.',
    gate: () =>
      changedMessages(
        message => isReply(message) && message.id === undefined,
        reply => ({ ...reply, id: '1' }),
      ),
  },
  {
    name: 'events-with-a-handshake',
    rules: ['BX-031'],
    does: 'An event that waits for a session of a browser comes with the handshake of the next.',
    looksLike: 'The queue belongs to the connection and not to the session.',
    gate() {
      let published: BayeuxMessage | undefined
      return {
        bayeuxIn(messages) {
          published = messages.find(({ channel }) => String(channel).startsWith('/demo/')) ?? published
          return messages
        },
        bayeuxOut: messages =>
          published && messages.some(shaken)
            ? [{ channel: published.channel, data: published.data }, ...messages]
            : messages.filter(each => isEvent(each) || isReply(each)),
      }
    },
  },
])
