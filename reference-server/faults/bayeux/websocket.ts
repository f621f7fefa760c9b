import type { BayeuxMessage } from '../../gms-node/bayeux/message.ts'
import { isEvent, isReply, replyTo } from '../changed-messages.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

const isConnect = ({ channel }: BayeuxMessage) => channel === '/meta/connect'
const connected = replyTo('/meta/connect')

const onSockets = (
  change: (messages: BayeuxMessage[], clientId: string) => BayeuxMessage[] | undefined,
): FaultGate => ({
  bayeuxOut: (messages, { transport, clientId = '' }) =>
    transport === 'websocket' ? change(messages, clientId) : messages,
})

export const websocket = conformFaults([
  {
    name: 'foreign-origins-refused',
    rules: ['BX-140'],
    does: 'A WebSocket of a page of another origin is refused.',
    looksLike: 'The default of the framework.',
  },
  {
    name: 'subscribe-unanswered-on-sockets',
    rules: ['BX-142', 'BX-145', 'BX-060', 'BX-071'],
    does: 'Over WebSocket a subscribe is not answered.',
    looksLike: 'Only the transports over HTTP need a response.',
    gate: () => onSockets(messages => messages.filter(each => !replyTo('/meta/subscribe')(each))),
  },
  {
    name: 'publish-unanswered-on-sockets',
    rules: ['BX-145', 'BX-080', 'BX-142', 'BX-071'],
    does: 'Over WebSocket a publish is not answered.',
    looksLike: 'Nobody waits for the answer, it was thought.',
    gate: () =>
      onSockets(messages => messages.filter(each => !isReply(each) || String(each.channel).startsWith('/meta/'))),
  },
  {
    name: 'events-end-the-connect',
    rules: ['BX-143', 'BX-171', 'BX-149'],
    does: 'Over WebSocket an event ends the held connect.',
    looksLike: 'The transport is long polling over another wire.',
    gate() {
      const held = new Map<unknown, unknown>()
      return {
        bayeuxIn(messages) {
          for (const each of messages) if (isConnect(each)) held.set(each.clientId, each.id)
          return messages
        },
        bayeuxOut(messages, { transport, clientId }) {
          if (messages.some(connected)) held.delete(clientId)
          const id = held.get(clientId)
          if (transport !== 'websocket' || id === undefined || !messages.some(isEvent)) return messages
          held.delete(clientId)
          return [...messages, { channel: '/meta/connect', id, successful: true }]
        },
      }
    },
  },
  {
    name: 'both-connects-answered',
    rules: ['BX-144', 'BX-171'],
    does: 'Of two connects on a socket both are answered.',
    looksLike: 'The older one is completed before the newer is held.',
    gate() {
      const asked = new Map<unknown, unknown[]>()
      return {
        bayeuxIn(messages, { transport }) {
          if (transport === 'websocket')
            for (const each of messages)
              if (isConnect(each)) asked.set(each.clientId, [...(asked.get(each.clientId) ?? []), each.id])
          return messages
        },
        bayeuxOut(messages, { clientId }) {
          if (!messages.some(connected)) return messages
          const older = (asked.get(clientId) ?? []).slice(0, -1)
          asked.delete(clientId)
          return [...messages, ...older.map(id => ({ channel: '/meta/connect', id, successful: true }))]
        },
      }
    },
  },
  {
    name: 'malformed-frame-ignored',
    rules: ['BX-146'],
    does: 'A malformed frame is ignored.',
    looksLike: 'The exception is caught and logged.',
  },
  {
    name: 'malformed-frame-is-1002',
    rules: ['BX-146'],
    does: 'A malformed frame closes the socket with 1002.',
    looksLike: 'The code for a breach of the WebSocket protocol is taken for one of Bayeux.',
  },
  {
    name: 'no-session-of-http-on-a-socket',
    rules: ['BX-149'],
    does: 'A session that was made over HTTP is unknown on a WebSocket.',
    looksLike: 'A handshake is asked for on each connection.',
  },
  {
    name: 'socket-close-ends-session',
    rules: ['BX-150', 'PUSH-112', 'BX-146', 'BX-147'],
    does: 'When a WebSocket closes its session ends.',
    looksLike: 'The session belongs to the connection.',
  },
  {
    name: 'any-session-on-a-socket',
    rules: ['BX-151'],
    does: 'A WebSocket serves whatever clientId comes on it.',
    looksLike: 'The socket keeps no session of its own.',
  },
  {
    name: 'events-in-one-frame',
    rules: ['BX-152'],
    does: 'Of several events that come together on a WebSocket only the first one is delivered.',
    looksLike: 'A frame has one message.',
    gate: () => onSockets(messages => [...messages.filter(isEvent).slice(0, 1), ...messages.filter(isReply)]),
  },
  {
    name: 'connect-holds-its-frame',
    rules: ['BX-153'],
    does: 'What shares its frame with a connect is not answered before it.',
    looksLike: 'CometD 8 does it.',
    gate() {
      let isMixed = false
      return {
        bayeuxIn(messages, { transport }) {
          isMixed = transport === 'websocket' && messages.length > 1 && messages.some(isConnect)
          return messages
        },
        bayeuxOut: messages => (isMixed && !messages.some(connected) ? [] : messages),
      }
    },
  },
  {
    name: 'disconnect-breaks-the-socket',
    rules: ['BX-154', 'BX-142', 'BX-110', 'BX-111'],
    does: 'A disconnect over WebSocket breaks the socket off.',
    looksLike: 'Who disconnects needs no answer.',
    gate: () => onSockets(messages => (messages.some(replyTo('/meta/disconnect')) ? undefined : messages)),
  },
  {
    name: 'binary-frames-read',
    rules: ['BX-148'],
    does: 'A binary frame is read as a text frame.',
    looksLike: 'The library gives bytes for both.',
  },
  {
    name: 'subprotocol-confirmed',
    rules: ['BX-141'],
    does: 'The first subprotocol that a client offers is confirmed.',
    looksLike: 'The default of the library.',
  },
  {
    name: 'compression-never-negotiated',
    rules: ['BX-155'],
    does: 'Compression is not negotiated, although it is on.',
    looksLike: 'The option belongs to the container, which is not told.',
    gate: () => changedOption('refserver', 'cometd.ws.permessage-deflate', () => 'false'),
  },
])
