import { without } from '../changed-json.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import { changedChatAnswer, changedNotification, changedOperation, type Json } from './changed-chat.ts'

const authOf = (data: Json) => (data.auth ?? {}) as Json

export const requests = conformFaults([
  {
    name: 'user-data-of-the-order-lost',
    rules: ['CV2-135', 'CV2-136'],
    does: 'The key order of user data is not attached.',
    looksLike: 'It is a word of the database.',
    gate: () =>
      changedOperation(undefined, data =>
        typeof data.userData === 'object' && data.userData !== null
          ? { ...data, userData: without(data.userData as Json, 'order', 'a') }
          : data,
      ),
  },
  {
    name: 'user-data-as-object-only',
    rules: ['CV2-136'],
    does: 'User data that are a text are refused.',
    looksLike: 'The tables say text, the samples have objects, and somebody decided.',
    gate: () =>
      changedOperation(undefined, data => (typeof data.userData === 'string' ? { ...data, userData: 7 } : data)),
  },
  {
    name: 'any-user-data',
    rules: ['CV2-136'],
    does: 'User data that are a number are ignored.',
    looksLike: 'What is no object has no members.',
    gate: () =>
      changedOperation(undefined, data => (typeof data.userData === 'number' ? { ...data, userData: {} } : data)),
  },
  {
    name: 'open-credentials-refused',
    rules: ['CV2-137', 'CV2-140'],
    does: 'Credentials with username and password are refused.',
    looksLike: 'Only the form of the header is read.',
    gate: () => changedOperation('requestChat', data => ({ ...data, auth: without(authOf(data), 'username') })),
  },
  {
    name: 'encoded-credentials-refused',
    rules: ['CV2-138'],
    does: 'Credentials in the encoded form are refused.',
    looksLike: 'Only username and password are read.',
    gate: () => changedOperation('requestChat', data => ({ ...data, auth: without(authOf(data), 'encoded') })),
  },
  {
    name: 'cometd-needs-no-credentials',
    rules: ['CV2-139'],
    does: 'Over CometD a protected service takes everybody.',
    looksLike: 'The filter in front of REST does not see CometD.',
    gate: () => changedOption('chat.*', 'refserver.auth-username', () => undefined),
  },
  {
    name: 'credentials-each-time',
    rules: ['CV2-140'],
    does: 'On a protected service each operation needs the credentials.',
    looksLike: 'They are checked before the operation is looked at.',
    gate() {
      const protectedClients = new Set<unknown>()
      return changedOperation(undefined, (data, { clientId }) => {
        if (data.auth !== undefined && data.operation === 'requestChat') protectedClients.add(clientId)
        return protectedClients.has(clientId) && data.auth === undefined ? { ...data, secureKey: '' } : data
      })
    },
  },
  {
    name: 'receipt-counts-as-event',
    rules: ['CV2-141', 'CV2-143', 'CV2-157'],
    does: 'A readReceipt moves nextPosition.',
    looksLike: 'It stands in the transcript.',
    gate: () => changedChatAnswer('readReceipt', data => ({ ...data, nextPosition: Number(data.nextPosition) + 1 })),
  },
  {
    name: 'receipts-refused',
    rules: ['CV2-142', 'CV2-143'],
    does: 'A readReceipt is refused.',
    looksLike: 'The index is looked up in the transcript of the node, which is empty.',
    gate: () => changedOperation('readReceipt', data => ({ ...data, transcriptPosition: 'none' })),
  },
  {
    name: 'cometd-disconnect-answer-has-key',
    rules: ['CV2-144', 'CV2-100', 'CV2-157'],
    does: 'The answer to disconnect has a key.',
    looksLike: 'All answers are made alike.',
    gate: () => changedChatAnswer('disconnect', data => ({ ...data, secureKey: 'AAAA' })),
  },
  {
    name: 'cometd-disconnect-goes-on',
    rules: ['CV2-144', 'CV2-100'],
    does: 'The answer to disconnect has chatEnded false.',
    looksLike: 'The chat ends a moment later.',
    gate: () => changedChatAnswer('disconnect', data => ({ ...data, chatEnded: false })),
  },
  {
    name: 'end-not-notified-as-such',
    rules: ['CV2-145'],
    does: 'The last notification has chatEnded false.',
    looksLike: 'The event is sent before the session is over.',
    gate: () => changedNotification(data => [{ ...data, chatEnded: false }]),
  },
  {
    name: 'every-leave-is-the-end',
    rules: ['CV2-145'],
    does: 'A notification that somebody left has chatEnded true.',
    looksLike: 'The type of the event is taken for the end.',
    gate: () =>
      changedNotification(data => {
        const [event] = data.messages as Json[]
        return [event?.type === 'ParticipantLeft' ? { ...data, chatEnded: true } : data]
      }),
  },
  {
    name: 'resume-ends-the-pushes',
    rules: ['CV2-147', 'CV2-148', 'PUSH-020'],
    does: 'After requestNotifications nothing is pushed any more.',
    looksLike: 'Its user data have no PushSubscribe.',
    gate() {
      const resumed = new Set<unknown>()
      return {
        ...changedOperation('requestNotifications', data => {
          const { push_notification_deviceid: device } = (data.userData ?? {}) as Json
          if (device !== undefined) resumed.add(device)
          return data
        }),
        post: post => (resumed.has((JSON.parse(post.body) as Json).deviceId) ? undefined : post),
      }
    },
  },
  {
    name: 'first-device-stays',
    rules: ['CV2-148'],
    does: 'The push parameters of requestNotifications are ignored.',
    looksLike: 'The subscription is made once.',
    gate: () => changedOperation('requestNotifications', data => without(data, 'userData')),
  },
])
