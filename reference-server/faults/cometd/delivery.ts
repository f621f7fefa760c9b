import { without } from '../changed-json.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import { changedChat, changedChatAnswer, changedNotification, codeOf, eventsOf, type Json } from './changed-chat.ts'

const isOff = (data: Json) => JSON.stringify(data.errors).includes('enable_notification_mode')

export const delivery = conformFaults([
  {
    name: 'chat-without-notification-mode',
    rules: ['CV2-110'],
    does: 'There is a chat over CometD without enable_notification_mode.',
    looksLike: 'The option governs the connections to Chat Server only.',
    gate: () => changedOption('chat', 'enable_notification_mode', () => 'true'),
  },
  {
    name: 'silent-without-notification-mode',
    rules: ['CV2-110'],
    does: 'Without enable_notification_mode an operation is not answered.',
    looksLike: 'Nobody listens on the channel.',
    gate: () => changedChat(data => (codeOf(data) === 9003 && isOff(data) ? [] : [data])),
  },
  {
    name: 'answers-on-another-channel',
    rules: ['CV2-111'],
    does: 'Operations are answered on the channel above.',
    looksLike: 'All services have one channel for answers.',
    gate: () => ({
      bayeuxOut: messages =>
        messages.map(each =>
          'data' in each && String(each.channel).startsWith('/service/chatV2/')
            ? { ...each, channel: '/service/chatV2' }
            : each,
        ),
    }),
  },
  {
    name: 'only-subscribers-notified',
    rules: ['CV2-112', 'CV2-115', 'CV2-116'],
    does: 'Who has not subscribed to the channel is not notified.',
    looksLike: 'Notifications are broadcast to subscribers.',
    gate() {
      const subscribers = new Set<string>()
      const gate = changedNotification((data, { clientId }) => (subscribers.has(clientId) ? [data] : []))
      return {
        ...gate,
        bayeuxIn(messages, about) {
          for (const each of messages) if (each.channel === '/meta/subscribe') subscribers.add(String(each.clientId))
          return gate.bayeuxIn!(messages, about)
        },
      }
    },
  },
  {
    name: 'unknown-operation-ends-the-chat',
    rules: ['CV2-113'],
    does: 'An unknown operation is answered with chatEnded true.',
    looksLike: 'Every statusCode 2 is fatal.',
    gate: () => changedChat(data => [codeOf(data) === 9004 ? { ...data, chatEnded: true } : data]),
  },
  {
    name: 'unknown-operation-unanswered',
    rules: ['CV2-113'],
    does: 'An unknown operation is not answered.',
    looksLike: 'No handler, no answer.',
    gate: () => changedChat(data => (codeOf(data) === 9004 ? [] : [data])),
  },
  {
    name: 'unknown-service-is-an-operation',
    rules: ['CV2-114'],
    does: 'An unknown service is answered with the code of an unknown operation.',
    looksLike: 'The path is looked up as a whole.',
    gate: () =>
      changedChat(data => [
        codeOf(data) === 9003 ? { ...data, errors: [{ code: 9004, advice: 'Unknown operation' }] } : data,
      ]),
  },
  {
    name: 'chat-without-notifications',
    rules: ['CV2-115', 'CV2-112', 'CV2-116', 'CV2-126'],
    does: 'After requestChat nothing is notified until requestNotifications.',
    looksLike: 'The session is attached by requestNotifications only.',
    gate() {
      const attached = new Set<string>()
      return changedChat((data, { operation, clientId }) => {
        if (operation === 'requestNotifications') attached.add(clientId)
        return operation === undefined && !attached.has(clientId) ? [] : [data]
      })
    },
  },
  {
    name: 'two-events-in-a-notification',
    rules: ['CV2-116'],
    does: 'A notification has its event twice.',
    looksLike: 'The queue of events is written before it is cleared.',
    gate: () => changedNotification(data => [{ ...data, messages: [...eventsOf(data), ...eventsOf(data)] }]),
  },
  {
    name: 'notification-without-event',
    rules: ['CV2-116', 'CV2-115', 'CV2-112'],
    does: 'A notification has no event.',
    looksLike: 'It is a hint to ask, as a push is.',
    gate: () => changedNotification(data => [{ ...data, messages: [] }]),
  },
  {
    name: 'answers-with-earlier-events',
    rules: ['CV2-117', 'CV2-157', 'CV2-120'],
    does: 'The answer to sendMessage has its event twice.',
    looksLike: 'All events since the position before are returned, and that was not moved.',
    gate: () =>
      changedChatAnswer('sendMessage', data => ({ ...data, messages: [...eventsOf(data), ...eventsOf(data)] })),
  },
  {
    name: 'last-event-only',
    rules: ['CV2-118', 'CV2-129', 'CV2-131', 'CV2-130'],
    does: 'The answer to requestNotifications has the last event only.',
    looksLike: 'A notification has one event, so an answer has, too.',
    gate: () => changedChatAnswer('requestNotifications', data => ({ ...data, messages: eventsOf(data).slice(-1) })),
  },
  {
    name: 'notifications-swapped',
    rules: ['CV2-119'],
    does: 'Two notifications that follow each other change places.',
    looksLike: 'Two threads send them.',
    gate() {
      const kept = new Map<string, Json>()
      return changedNotification((data, { clientId }) => {
        const before = kept.get(clientId)
        if (!before) {
          kept.set(clientId, data)
          return []
        }
        kept.delete(clientId)
        return [data, before]
      })
    },
  },
  {
    name: 'answers-in-reverse',
    rules: ['CV2-119', 'CV2-151'],
    does: 'Answers that come together come in the reverse order.',
    looksLike: 'They are put in front of the queue.',
    gate: () => ({
      bayeuxOut(messages) {
        const isAnswer = (each: Json) => 'data' in each && !('monitored' in (each.data as Json))
        return [...messages.filter(isAnswer).toReversed(), ...messages.filter(each => !isAnswer(each))]
      },
    }),
  },
  {
    name: 'own-events-notified-too',
    rules: ['CV2-120', 'CV2-119'],
    does: 'The event of an own operation comes as a notification, too.',
    looksLike: 'Every event is notified, and who caused it is not asked.',
    gate: () =>
      changedChat((data, { operation }) => {
        const isOwn = operation !== undefined && operation !== 'requestChat' && operation !== 'requestNotifications'
        if (!isOwn || eventsOf(data).length === 0) return [data]
        return [data, { ...without(data, 'errors'), monitored: false, channel: '/service/chatV2/customer-support' }]
      }),
  },
])
