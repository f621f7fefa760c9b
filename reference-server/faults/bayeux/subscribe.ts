import type { BayeuxMessage } from '../../gms-node/bayeux/message.ts'
import {
  accepted,
  changedMessages,
  changedRequests,
  isEvent,
  isReply,
  isSuccess,
  isUnknown,
  refused,
  replyTo,
} from '../changed-messages.ts'
import { conformFaults } from '../conform-fault.ts'

const isSubscribe = ({ channel }: BayeuxMessage) => channel === '/meta/subscribe'
const subscribed = replyTo('/meta/subscribe')

export const subscribe = conformFaults([
  {
    name: 'subscription-always-an-array',
    rules: ['BX-060'],
    does: 'The answer to a subscribe has its one channel in an array.',
    looksLike: 'The request is normalised before it is answered.',
    gate: () =>
      changedMessages(
        message => subscribed(message) && isSuccess(message),
        reply => ({ ...reply, subscription: [reply.subscription].flat() }),
      ),
  },
  {
    name: 'subscription-not-echoed',
    rules: ['BX-060', 'BX-061'],
    does: 'The answer to a subscribe does not name the channel.',
    looksLike: 'The client knows what it asked for.',
    gate: () =>
      changedMessages(
        message => subscribed(message) && isSuccess(message),
        ({ subscription: _, ...reply }) => reply,
      ),
  },
  {
    name: 'first-of-an-array-only',
    rules: ['BX-061', 'BX-060', 'BX-064', 'BX-072'],
    does: 'Of an array of channels only the first is subscribed.',
    looksLike: 'The member is read as one text.',
    gate: () =>
      changedRequests(isSubscribe, message =>
        Array.isArray(message.subscription) && message.subscription.length > 1
          ? { ...message, subscription: message.subscription.slice(0, 1) }
          : message,
      ),
  },
  {
    name: 'two-copies',
    rules: ['BX-062', 'BX-064', 'BX-046'],
    does: 'Every event is delivered twice.',
    looksLike: 'A session stands twice in the list of a channel.',
    gate: () => ({ bayeuxOut: messages => messages.flatMap(each => (isEvent(each) ? [each, each] : [each])) }),
  },
  {
    name: 'one-star-is-any-depth',
    rules: ['BX-063', 'BX-064'],
    does: 'One star at the end of a subscription stands for any number of segments.',
    looksLike: 'Both wildcards are made into the same prefix.',
    gate: () =>
      changedRequests(isSubscribe, message =>
        typeof message.subscription === 'string'
          ? { ...message, subscription: message.subscription.replace(/\/\*$/, '/**') }
          : message,
      ),
  },
  {
    name: 'two-stars-and-the-parent',
    rules: ['BX-063'],
    does: 'Two stars at the end of a subscription stand for the channel above, too.',
    looksLike: 'The pattern is a prefix without its last slash.',
    gate: () =>
      changedRequests(isSubscribe, message =>
        typeof message.subscription === 'string' && message.subscription.endsWith('/**')
          ? { ...message, subscription: [message.subscription, message.subscription.slice(0, -3)] }
          : message,
      ),
  },
  {
    name: 'no-subscription-accepted',
    rules: ['BX-065'],
    does: 'A subscribe without a subscription is successful.',
    looksLike: 'Nothing is asked for, so everything is done.',
    gate: () =>
      changedMessages(
        message => isReply(message) && message.error === '403::subscription_missing',
        reply => accepted({ ...reply, subscription: [] }),
      ),
  },
  {
    name: 'illegal-names-accepted',
    rules: ['BX-066'],
    does: 'A subscribe to what is no channel is successful.',
    looksLike: 'Names are texts, whatever is in them.',
    gate: () =>
      changedRequests(
        message => isSubscribe(message) && message.subscription === '/foo%bar',
        message => ({ ...message, subscription: '/foo-bar' }),
      ),
  },
  {
    name: 'meta-channels-open-to-all',
    rules: ['BX-067', 'BX-069', 'BX-100', 'BX-172'],
    does: 'A subscribe to a meta channel is successful.',
    looksLike: 'The security policy is that of a demo.',
    gate: () =>
      changedMessages(
        message => subscribed(message) && /subscribe_denied|create_denied/.test(String(message.error)),
        reply => accepted({ ...reply, subscription: reply.subscription ?? '/meta/connect' }),
      ),
  },
  {
    name: 'service-channels-closed',
    rules: ['BX-068'],
    does: 'A subscribe to a service channel is refused.',
    looksLike: 'Service channels are not for subscribers, says the specification.',
    gate: () =>
      changedMessages(
        message => subscribed(message) && String(message.subscription).startsWith('/service/'),
        reply => refused(reply, '403:denied_by_security_policy:subscribe_denied'),
      ),
  },
  {
    name: 'subscribe-after-connect-only',
    rules: ['BX-071', 'BX-060', 'BX-061'],
    does: 'A subscribe before the first connect is refused.',
    looksLike: 'A session counts as open with its first connect.',
    gate() {
      const connected = new Set<unknown>()
      return {
        bayeuxOut(messages, { clientId }) {
          if (messages.some(replyTo('/meta/connect'))) connected.add(clientId)
          if (connected.has(clientId)) return messages
          return messages.map(each =>
            subscribed(each) && isSuccess(each) ? refused(each, '403::subscribe_failed') : each,
          )
        },
      }
    },
  },
  {
    name: 'unsubscribe-without-effect',
    rules: ['BX-072', 'BX-064', 'BX-060'],
    does: 'An unsubscribe is answered and changes nothing.',
    looksLike: 'The session is looked up under the name of the channel that it never had.',
    gate: () =>
      changedRequests(
        ({ channel }) => channel === '/meta/unsubscribe',
        message =>
          typeof message.subscription === 'string' ? { ...message, subscription: '/demo/elsewhere' } : message,
      ),
  },
  {
    name: 'advice-with-every-402',
    rules: ['BX-074'],
    does: 'A subscribe of an unknown session is advised to handshake.',
    looksLike: 'The advice is part of the error.',
    gate: () =>
      changedMessages(
        message => isUnknown(message) && message.advice === undefined,
        reply => ({ ...reply, advice: { reconnect: 'handshake', interval: 0 } }),
      ),
  },
  {
    name: 'empty-subscribe-is-fine',
    rules: ['BX-070'],
    does: 'A subscribe to an empty array is successful.',
    looksLike: 'Nothing failed in the loop over the names.',
    gate: () =>
      changedMessages(
        message =>
          replyTo('/meta/subscribe')(message) && Array.isArray(message.subscription) && !message.subscription[0],
        accepted,
      ),
  },
  {
    name: 'unsubscribe-needs-a-subscription',
    rules: ['BX-073'],
    does: 'An unsubscribe from a channel that the session has not subscribed to is refused.',
    looksLike: 'What cannot be removed was not there, which is an error.',
    gate() {
      const subscribed = new Set<string>()
      const key = (clientId: unknown, subscription: unknown) => `${clientId} ${subscription}`
      return {
        bayeuxIn(messages) {
          for (const { channel, clientId, subscription } of messages)
            if (channel === '/meta/subscribe') subscribed.add(key(clientId, subscription))
          return messages
        },
        bayeuxOut: (messages, { clientId }) =>
          messages.map(each =>
            replyTo('/meta/unsubscribe')(each) && isSuccess(each) && !subscribed.has(key(clientId, each.subscription))
              ? { ...refused(each, '403::unsubscribe_failed'), subscription: each.subscription }
              : each,
          ),
      }
    },
  },
])
