import type { BayeuxMessage } from '../../gms-node/bayeux/message.ts'
import { without } from '../changed-json.ts'
import {
  accepted,
  changedMessages,
  changedRequests,
  isEvent,
  isReply,
  isSuccess,
  isUnknown,
  replyTo,
} from '../changed-messages.ts'
import { conformFaults } from '../conform-fault.ts'

const connected = replyTo('/meta/connect')
const isConnect = ({ channel }: BayeuxMessage) => channel === '/meta/connect'
const advised = ({ advice }: BayeuxMessage) => (advice ?? {}) as Record<string, unknown>

export const connect = conformFaults([
  {
    name: 'first-connect-held',
    rules: ['BX-040'],
    does: 'The first connect of a session is not answered at once.',
    looksLike: 'A connect is held, the first one like all others.',
    gate() {
      const known = new Set<unknown>()
      return {
        bayeuxOut(messages, { clientId }) {
          if (!messages.some(connected) || known.has(clientId)) return messages
          known.add(clientId)
          return []
        },
      }
    },
  },
  {
    name: 'held-for-a-second',
    rules: ['BX-041', 'BX-143'],
    does: 'A connect is held for one second, whatever the timeout.',
    looksLike: 'The timeout is taken for seconds where it is milliseconds, or the other way round.',
    gate: () =>
      changedRequests(
        message => isConnect(message) && advised(message).timeout === undefined,
        message => ({ ...message, advice: { ...advised(message), timeout: 1_000 } }),
      ),
  },
  {
    name: 'held-for-minutes',
    rules: ['BX-041', 'BX-143', 'BX-144', 'BX-113'],
    does: 'A connect is held for ten minutes.',
    looksLike: 'The timeout of the container is in force and not that of Bayeux.',
    gate: () =>
      changedRequests(
        message => isConnect(message) && advised(message).timeout === undefined,
        message => ({ ...message, advice: { ...advised(message), timeout: 600_000 } }),
      ),
  },
  {
    name: 'timeout-of-0-ignored',
    rules: ['BX-042'],
    does: 'A connect with a timeout of 0 is held like any other.',
    looksLike: 'Zero counts as not given.',
    gate: () =>
      changedRequests(
        message => isConnect(message) && advised(message).timeout === 0,
        message => without(message, 'advice'),
      ),
  },
  {
    name: 'no-advice-when-asked',
    rules: ['BX-042', 'BX-044', 'BX-149'],
    does: 'A connect with an advice is answered without one.',
    looksLike: 'Advice is sent with the handshake only.',
    gate: () =>
      changedMessages(
        message => connected(message) && isSuccess(message),
        reply => without(reply, 'advice'),
      ),
  },
  {
    name: 'own-timeout-stays',
    rules: ['BX-043'],
    does: 'The timeout that a client asked for once is in force for all its connects.',
    looksLike: 'The advice of the client is stored in the session and never taken out again.',
    gate() {
      const own = new Map<unknown, unknown>()
      return changedRequests(isConnect, message => {
        const { timeout } = advised(message)
        if (typeof timeout === 'number' && timeout > 0) own.set(message.clientId, timeout)
        const kept = own.get(message.clientId)
        return kept === undefined ? message : { ...message, advice: { ...advised(message), timeout: kept } }
      })
    },
  },
  {
    name: 'own-interval-ignored',
    rules: ['BX-044'],
    does: 'The interval that a client asks for is ignored.',
    looksLike: 'Only the timeout of an advice is read.',
    gate: () =>
      changedRequests(isConnect, message =>
        message.advice === undefined ? message : { ...message, advice: without(advised(message), 'interval') },
      ),
  },
  {
    name: 'advice-each-time',
    rules: ['BX-045'],
    does: 'Every answer to a connect has an advice.',
    looksLike: 'It does no harm, says the comment.',
    gate: () =>
      changedMessages(
        message => connected(message) && isSuccess(message) && message.advice === undefined,
        reply => ({ ...reply, advice: { reconnect: 'retry', interval: 0, timeout: 30_000 } }),
      ),
  },
  {
    name: 'events-do-not-wake',
    rules: ['BX-046', 'BX-134'],
    does: 'A held connect is not answered when an event comes.',
    looksLike: 'The event is queued, and nobody is told.',
    gate: () => ({
      bayeuxOut: messages => (messages.some(connected) && messages.some(isEvent) ? [] : messages),
    }),
  },
  {
    name: 'events-behind-the-reply',
    rules: ['BX-047', 'BX-084', 'BX-100'],
    does: 'Events stand behind the replies of an answer.',
    looksLike: 'The documentation of the ack extension shows it that way.',
    gate: () => ({ bayeuxOut: messages => [...messages.filter(isReply), ...messages.filter(isEvent)] }),
  },
  {
    name: 'one-event-per-answer',
    rules: ['BX-047', 'BX-081', 'BX-085', 'BX-094'],
    does: 'Of several events that wait only the first is delivered.',
    looksLike: 'The queue is cleared after its first message was written.',
    gate: () => ({
      bayeuxOut: messages => [...messages.filter(isEvent).slice(0, 1), ...messages.filter(isReply)],
    }),
  },
  {
    name: 'older-connect-ends-with-200',
    rules: ['BX-048'],
    does: 'The older of two connects is answered 200.',
    looksLike: 'The request is completed to get rid of it.',
    gate: () => ({
      cometdReply: (reply, { method }) =>
        method === 'POST' && reply.status === 500 ? { ...reply, status: 200 } : reply,
    }),
  },
  {
    name: 'connect-holds-its-company',
    rules: ['BX-049', 'BX-045'],
    does: 'A request in which a connect stands beside other messages is held.',
    looksLike: 'One held message holds the response.',
    gate: () => ({
      bayeuxOut: messages => (messages.some(connected) && messages.filter(isReply).length > 1 ? [] : messages),
    }),
  },
  {
    name: 'unknown-session-without-advice',
    rules: ['BX-050'],
    does: 'A connect of an unknown session is refused without an advice.',
    looksLike: 'The advice belongs to a session, and there is none.',
    gate: () =>
      changedMessages(
        message => connected(message) && isUnknown(message),
        reply => without(reply, 'advice'),
      ),
  },
  {
    name: 'unknown-session-is-to-retry',
    rules: ['BX-050'],
    does: 'A connect of an unknown session is advised to try again.',
    looksLike: 'The default advice is added to every refusal.',
    gate: () =>
      changedMessages(
        message => connected(message) && isUnknown(message),
        reply => ({ ...reply, advice: { reconnect: 'retry', interval: 0, timeout: 30_000 } }),
      ),
  },
  {
    name: 'unknown-session-is-401',
    rules: ['BX-050', 'BX-074', 'BX-087', 'BX-112', 'BX-121'],
    does: 'What an unknown session asks for is refused with 401.',
    looksLike: 'The codes are those of another implementation.',
    gate: () => changedMessages(isUnknown, reply => ({ ...reply, error: '401::Unknown client' })),
  },
  {
    name: 'connect-of-nobody-accepted',
    rules: ['BX-050', 'BX-112', 'BX-113', 'BX-115', 'BX-117'],
    does: 'A connect of an unknown session is successful.',
    looksLike: 'A session that is missing is made on the fly.',
    gate: () => changedMessages(message => connected(message) && isUnknown(message), accepted),
  },
  {
    name: 'strange-connection-type-is-500',
    rules: ['BX-051'],
    does: 'A connect without a connection type breaks the connection off.',
    looksLike: 'The type is looked up, and nothing is found.',
    gate() {
      let isStrange = false
      return {
        bayeuxIn(messages) {
          isStrange = messages.some(
            each => isConnect(each) && each.connectionType === undefined && each.advice !== undefined,
          )
          return messages
        },
        bayeuxOut: messages => (isStrange && messages.some(connected) ? undefined : messages),
      }
    },
  },
])
