import { without } from '../changed-json.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import { changedChat, changedChatAnswer, changedNotification, changedOperation, type Json } from './changed-chat.ts'

const nobodysKey = 'AAAA'

export const keys = conformFaults([
  {
    name: 'notifications-with-a-stale-key',
    rules: ['CV2-121', 'CV2-115'],
    does: 'The key in a notification is not good.',
    looksLike: 'It is the key of the connection and not that of the chat.',
    gate: () => changedNotification(data => [{ ...data, secureKey: nobodysKey }]),
  },
  {
    name: 'old-keys-for-an-hour',
    rules: ['CV2-122'],
    does: 'A key that was replaced is taken for an hour.',
    looksLike: 'The grace is that of a web session.',
    gate: () => changedOption('refserver', 'secure-key-grace', () => '3600'),
  },
  {
    name: 'key-of-each-answer-is-new',
    rules: ['CV2-122'],
    does: 'Each answer brings another key.',
    looksLike: 'The token is encrypted with a fresh vector each time.',
    gate: () => changedOption('refserver', 'rotate-secure-key', () => 'every-response'),
  },
  {
    name: 'all-ids-demanded',
    rules: ['CV2-123', 'CV2-115'],
    does: 'An operation without chatId is refused.',
    looksLike: 'The tables of the documentation call it mandatory.',
    gate: () =>
      changedOperation(undefined, data =>
        data.operation !== 'requestChat' && data.chatId === undefined ? { ...data, secureKey: nobodysKey } : data,
      ),
  },
  {
    name: 'deprecated-ids-compared',
    rules: ['CV2-124'],
    does: 'A chatId beside the key must be the literal.',
    looksLike: 'What is sent is compared with what was given.',
    gate: () =>
      changedOperation(undefined, data =>
        data.chatId !== undefined && data.chatId !== 'deprecated' ? { ...data, secureKey: nobodysKey } : data,
      ),
  },
  {
    name: 'ids-of-older-releases',
    rules: ['CV2-125'],
    does: 'Answers have an alias and ids as they were before 8.5.112.',
    looksLike: 'The release is an older one.',
    gate: () => changedChat(data => [data.alias === undefined ? data : { ...data, alias: '117' }]),
  },
  {
    name: 'notification-does-not-say-monitored',
    rules: ['CV2-126'],
    does: 'A notification has no monitored.',
    looksLike: 'The serializer leaves out what is false.',
    gate: () => changedNotification(data => [without(data, 'monitored')]),
  },
  {
    name: 'notifies-whoever-listens',
    rules: ['CV2-127', 'CV2-128', 'CV2-133'],
    does: 'What is notified to one session is notified to the next that polls, too.',
    looksLike: 'Events are kept by channel and not by session.',
    gate() {
      let kept: { message: Json; of: string | undefined } | undefined
      return {
        bayeuxOut(messages, { clientId }) {
          const own = messages.find(each => 'data' in each && 'monitored' in Object(each.data))
          const foreign = kept && kept.of !== clientId ? [kept.message] : []
          if (own) kept = { message: own, of: clientId }
          else if (foreign.length > 0) kept = undefined
          return [...foreign, ...messages]
        },
      }
    },
  },
  {
    name: 'any-service-resumes',
    rules: ['CV2-128'],
    does: 'requestNotifications works on the channel of any service.',
    looksLike: 'The key names the chat, and the service is not compared.',
    gate: () => ({
      bayeuxIn: messages =>
        messages.map(each =>
          each.channel === '/service/chatV2/other' ? { ...each, channel: '/service/chatV2/customer-support' } : each,
        ),
    }),
  },
  {
    name: 'resume-from-the-start',
    rules: ['CV2-129', 'CV2-131', 'CV2-130', 'CV2-118', 'CV2-159'],
    does: 'requestNotifications returns all events, whatever its position.',
    looksLike: 'The position is that of REST, which has another name.',
    gate: () => changedOperation('requestNotifications', ({ transcriptPosition: _, ...data }) => data),
  },
  {
    name: 'positions-as-text-only',
    rules: ['CV2-130', 'CV2-129', 'CV2-141'],
    does: 'A position that is a number is refused.',
    looksLike: 'Parameters are texts.',
    gate: () =>
      changedOperation(undefined, data =>
        typeof data.transcriptPosition === 'number' ? { ...data, transcriptPosition: {} } : data,
      ),
  },
  {
    name: 'positions-as-number-only',
    rules: ['CV2-130'],
    does: 'A position that is a text is refused.',
    looksLike: 'The table of the documentation says integer.',
    gate: () =>
      changedOperation(undefined, data =>
        typeof data.transcriptPosition === 'string' ? { ...data, transcriptPosition: {} } : data,
      ),
  },
  {
    name: 'resume-without-events',
    rules: ['CV2-131', 'CV2-129', 'CV2-118'],
    does: 'requestNotifications attaches the session and returns no events.',
    looksLike: 'What was missed is to be had by REST.',
    gate: () => changedChatAnswer('requestNotifications', data => ({ ...data, messages: [] })),
  },
  {
    name: 'cometd-disconnect-ends-the-chat',
    rules: ['CV2-132', 'PUSH-110', 'PUSH-111', 'PUSH-112'],
    does: 'A CometD disconnect ends the chat of the session.',
    looksLike: 'Who disconnects has left, it is thought.',
    gate() {
      const keyOf = new Map<unknown, unknown>()
      const left = new Set<unknown>()
      return {
        bayeuxIn: messages =>
          messages.flatMap(each => {
            const { channel, clientId } = each
            if (channel !== '/meta/disconnect' || !keyOf.has(clientId)) return [each]
            left.add(clientId)
            const data = { operation: 'disconnect', secureKey: keyOf.get(clientId) }
            return [{ channel: '/service/chatV2/customer-support', clientId, data }, each]
          }),
        bayeuxOut(messages, { clientId }) {
          for (const { data } of messages) {
            const key = (data as Json | undefined)?.secureKey
            if (key !== undefined) keyOf.set(clientId, key)
          }
          // The client is not told.
          return left.has(clientId) ? messages.filter(each => String(each.channel).startsWith('/meta/')) : messages
        },
      }
    },
  },
  {
    name: 'first-session-keeps-the-chat',
    rules: ['CV2-133', 'CV2-131', 'CV2-149'],
    does: 'A second session that asks for the notifications of a chat does not get them.',
    looksLike: 'The chat belongs to the session that made it.',
    gate() {
      const owner = new Map<unknown, unknown>()
      return changedOperation(undefined, (data, { clientId }) => {
        const { secureKey } = data
        if (secureKey === undefined) return data
        if (!owner.has(secureKey)) owner.set(secureKey, clientId)
        return data.operation === 'requestNotifications' && owner.get(secureKey) !== clientId
          ? { ...data, operation: 'updateData' }
          : data
      })
    },
  },
  {
    name: 'one-chat-per-session',
    rules: ['CV2-134'],
    does: 'A session is notified of the chat alone that it began last.',
    looksLike: 'The session has a member for its chat.',
    gate() {
      const last = new Map<string, unknown>()
      return changedChat((data, { operation, clientId }) => {
        if (operation === 'requestChat') last.set(clientId, data.secureKey)
        return operation === undefined && last.has(clientId) && last.get(clientId) !== data.secureKey ? [] : [data]
      })
    },
  },
])
