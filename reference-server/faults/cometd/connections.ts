import { conformFaults } from '../conform-fault.ts'
import {
  changedChat,
  changedChatAnswer,
  changedNotification,
  changedOperation,
  codeOf,
  eventsOf,
} from './changed-chat.ts'

export const connections = conformFaults([
  {
    name: 'only-its-maker-has-the-chat',
    rules: ['CV2-149', 'CV2-131', 'CV2-132', 'CV2-133', 'CV2-152', 'CV2-140'],
    does: 'A chat is unknown to every session but the one that began it.',
    looksLike: 'The node keeps chats in its memory, by session.',
    gate() {
      const makers = new Set<unknown>()
      return changedOperation(undefined, (data, { clientId }) => {
        if (data.operation === 'requestChat') makers.add(clientId)
        return makers.has(clientId) ? data : { ...data, secureKey: 'AAAA' }
      })
    },
  },
  {
    name: 'wrong-key-goes-on',
    rules: ['CV2-150', 'CV2-144', 'CV2-122'],
    does: 'A wrong key is answered with chatEnded false.',
    looksLike: 'It is a mistake of the request and not of the chat.',
    gate: () => changedChat(data => [codeOf(data) === 249 ? { ...data, chatEnded: false } : data]),
  },
  {
    name: 'batch-in-reverse',
    rules: ['CV2-151', 'CV2-119'],
    does: 'The operations of a batch are carried out in the reverse order.',
    looksLike: 'They are put on a stack.',
    gate: () => ({ bayeuxIn: messages => messages.toReversed() }),
  },
  {
    name: 'too-long-is-missing',
    rules: ['CV2-154'],
    does: 'A text that is too long is refused as a missing one.',
    looksLike: 'The validation of CometD is another one than that of REST.',
    gate: () =>
      changedChat(data => [codeOf(data) === 204 ? { ...data, errors: [{ code: 9001, advice: 'Missing' }] } : data]),
  },
  {
    name: 'callbacks-not-notified',
    rules: ['CV2-156', 'CV2-119', 'CV2-120'],
    does: 'Over callback-polling nothing is notified.',
    looksLike: 'The transport was forgotten.',
    gate: () => changedNotification((data, { transport }) => (transport === 'callback-polling' ? [] : [data])),
  },
  {
    name: 'transports-count-for-themselves',
    rules: ['CV2-156'],
    does: 'Over long polling the last answer has another nextPosition.',
    looksLike: 'Each transport counts for itself.',
    gate: () =>
      changedChat((data, { transport, operation }) => [
        transport === 'long-polling' && operation === 'readReceipt' ? { ...data, nextPosition: 1 } : data,
      ]),
  },
  {
    name: 'typing-without-its-text',
    rules: ['CV2-157'],
    does: 'The answer to startTyping has no text.',
    looksLike: 'Previews are for agents.',
    gate: () =>
      changedChatAnswer('startTyping', data => ({
        ...data,
        messages: eventsOf(data).map(({ text: _, ...event }) => event),
      })),
  },
  {
    name: 'answers-without-their-events',
    rules: ['CV2-157', 'CV2-117', 'CV2-120'],
    does: 'The answer to sendMessage has no event.',
    looksLike: 'The customer knows what was sent.',
    gate: () => changedChatAnswer('sendMessage', data => ({ ...data, messages: [] })),
  },
  {
    name: 'resume-at-once-is-empty',
    rules: ['CV2-159', 'CV2-118', 'CV2-129'],
    does: 'requestNotifications right after requestChat returns nothing.',
    looksLike: 'The session is attached already, so there is nothing to be had.',
    gate() {
      const fresh = new Set<string>()
      return changedChat((data, { operation, clientId }) => {
        const isFresh = fresh.delete(clientId)
        if (operation === 'requestChat') fresh.add(clientId)
        return [operation === 'requestNotifications' && isFresh ? { ...data, messages: [] } : data]
      })
    },
  },
])
