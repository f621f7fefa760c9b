import type { BayeuxMessage } from '../../gms-node/bayeux/message.ts'
import { accepted, changedMessages, isEvent, isPublish, isReply, isSuccess, isUnknown } from '../changed-messages.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

const isBroadcast = (message: BayeuxMessage) => isEvent(message) && String(message.channel).startsWith('/demo/')

/** Adds to events what is known of the last publish. */
function ofPublisher(more: (published: BayeuxMessage) => BayeuxMessage): FaultGate {
  let published: BayeuxMessage = {}
  return {
    bayeuxIn(messages) {
      published = messages.findLast(({ channel }) => String(channel).startsWith('/demo/')) ?? published
      return messages
    },
    bayeuxOut: messages => messages.map(each => (isBroadcast(each) ? { ...each, ...more(published) } : each)),
  }
}

/** Of one service that nobody offers, and of subscriptions that take it in. */
function renamed(message: BayeuxMessage, from: string, to: string): BayeuxMessage {
  const other = (name: unknown) => (name === `${from}x` || name === `${from}**` ? to + name.slice(from.length) : name)
  const { channel, subscription } = message
  return {
    ...message,
    ...(channel !== undefined && { channel: other(channel) }),
    ...(subscription !== undefined && {
      subscription: Array.isArray(subscription) ? subscription.map(other) : other(subscription),
    }),
  }
}

export const publish = conformFaults([
  {
    name: 'publish-answered-with-its-data',
    rules: ['BX-080', 'BX-090'],
    does: 'The answer to a publish has the data of the publish.',
    looksLike: 'The answer is made from the request.',
    gate: () =>
      changedMessages(
        message => isReply(message) && isPublish(message) && isSuccess(message),
        reply => ({ ...reply, data: {} }),
      ),
  },
  {
    name: 'data-as-text',
    rules: ['BX-081', 'BX-046', 'BX-090'],
    does: 'Data that are an object are delivered as a text.',
    looksLike: 'They are encoded once too often.',
    gate: () =>
      changedMessages(isBroadcast, event => ({
        ...event,
        data: typeof event.data === 'object' ? JSON.stringify(event.data) : event.data,
      })),
  },
  {
    name: 'false-data-lost',
    rules: ['BX-081'],
    does: 'Data that are false, 0 or empty are not delivered.',
    looksLike: 'What is falsy in the language counts as missing.',
    gate: () =>
      changedMessages(
        event => isBroadcast(event) && !event.data,
        () => undefined,
      ),
  },
  {
    name: 'events-name-their-publisher',
    rules: ['BX-082', 'BX-173'],
    does: 'An event has the clientId of its publisher.',
    looksLike: 'The message is handed on as it came.',
    gate: () => ofPublisher(({ clientId }) => ({ clientId })),
  },
  {
    name: 'events-with-ids',
    rules: ['BX-082'],
    does: 'An event has the id of its publish.',
    looksLike: 'Ids are for tracing, so they are kept.',
    gate: () => ofPublisher(({ id }) => ({ id })),
  },
  {
    name: 'ext-with-client-id',
    rules: ['BX-173'],
    does: 'The ext of an event tells the clientId of its publisher.',
    looksLike: 'An extension adds who it was.',
    gate: () => ofPublisher(({ clientId }) => ({ ext: { from: clientId } })),
  },
  {
    name: 'own-events-left-out',
    rules: ['BX-083', 'BX-084', 'BX-071'],
    does: 'A publisher does not get its own event.',
    looksLike: 'broadcastToPublisher is off.',
    gate() {
      let publisher: unknown
      return {
        bayeuxIn(messages) {
          publisher = messages.findLast(isPublish)?.clientId ?? publisher
          return messages
        },
        bayeuxOut: (messages, { clientId }) => messages.filter(each => !(isBroadcast(each) && clientId === publisher)),
      }
    },
  },
  {
    name: 'newest-event-first',
    rules: ['BX-085', 'BX-047', 'BX-081', 'BX-094'],
    does: 'Events that wait are delivered in the reverse order.',
    looksLike: 'The queue is a stack.',
    gate: () => ({
      bayeuxOut: messages => [...messages.filter(isEvent).toReversed(), ...messages.filter(isReply)],
    }),
  },
  {
    name: 'publish-without-data-breaks-off',
    rules: ['BX-086'],
    does: 'A publish without data breaks the connection off.',
    looksLike: 'A null pointer.',
    gate() {
      let isBare = false
      return {
        bayeuxIn(messages) {
          isBare = messages.some(each => isPublish(each) && each.data === undefined)
          return messages
        },
        bayeuxOut: messages => (isBare && messages.some(isReply) ? undefined : messages),
      }
    },
  },
  {
    name: 'publish-of-nobody-accepted',
    rules: ['BX-087', 'BX-112'],
    does: 'A publish with an unknown clientId is answered as if it had been delivered.',
    looksLike: 'Unconnected publishing is on, and goes nowhere.',
    gate: () => changedMessages(message => isPublish(message) && isUnknown(message), accepted),
  },
  {
    name: 'meta-publish-accepted',
    rules: ['BX-088', 'BX-172'],
    does: 'A publish to a meta channel that does not exist is successful.',
    looksLike: 'Channels are made as they are needed.',
    gate: () => changedMessages(message => isReply(message) && message.channel === '/meta/foo', accepted),
  },
  {
    name: 'service-channels-broadcast',
    rules: ['BX-089', 'BX-068'],
    does: 'What is published on a service channel reaches who is subscribed to service channels.',
    looksLike: 'The kind of a channel is only a habit.',
    gate: () => ({
      bayeuxIn: messages => messages.map(each => renamed(each, '/service/', '/demo/service/')),
      bayeuxOut: messages => messages.map(each => renamed(each, '/demo/service/', '/service/')),
    }),
  },
  {
    name: 'service-answers-lost',
    rules: ['BX-090', 'BX-100', 'BX-171'],
    does: 'The answer of a service is not delivered.',
    looksLike: 'It is sent on a channel to which nobody is subscribed.',
    gate: () =>
      changedMessages(
        message => isEvent(message) && message.channel === '/service/echo',
        () => undefined,
      ),
  },
  {
    name: 'unserved-channel-refused',
    rules: ['BX-091'],
    does: 'A publish to a service channel that nobody serves is refused.',
    looksLike: 'There is no handler, so there is no channel.',
    gate: () =>
      changedMessages(
        message => isReply(message) && message.channel === '/service/nobody/here',
        reply => ({ ...reply, successful: false, error: '404::channel_unknown' }),
      ),
  },
  {
    name: 'events-between-polls-lost',
    rules: ['BX-094', 'BX-047', 'BX-150', 'BX-149', 'BX-134'],
    does: 'Events that come while no connect is held are not kept.',
    looksLike: 'They are written to a connection that is not there.',
    gate() {
      let justConnects = false
      return {
        bayeuxIn(messages) {
          justConnects = messages.some(({ channel }) => channel === '/meta/connect')
          // What is sent in answer is sent before anything else happens.
          queueMicrotask(() => {
            justConnects = false
          })
          return messages
        },
        bayeuxOut: messages => (justConnects ? messages.filter(isReply) : messages),
      }
    },
  },
  {
    name: 'no-channel-is-402',
    rules: ['BX-092'],
    does: 'A message without a channel is refused as one of an unknown session.',
    looksLike: "The session is looked for by the channel's rules, and there are none.",
    gate: () =>
      changedMessages(
        ({ error }) => error === '400::channel_missing',
        message => ({ ...message, error: '402::Unknown client' }),
      ),
  },
  {
    name: 'illegal-channel-taken',
    rules: ['BX-093'],
    does: 'A publish on an illegal channel is successful.',
    looksLike: 'Names are looked at when somebody subscribes.',
    gate: () => changedMessages(({ error }) => error === '405::channel_invalid', accepted),
  },
  {
    name: 'illegal-id-taken',
    rules: ['BX-093'],
    does: 'A message with an illegal id is taken.',
    looksLike: 'An id is a text like any other.',
    gate: () => changedMessages(({ error }) => error === '405::message_id_invalid', accepted),
  },
])
