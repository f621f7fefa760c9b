import type { BayeuxMessage } from '../../gms-node/bayeux/message.ts'
import { without } from '../changed-json.ts'
import { changedMessages, isReply, replyTo } from '../changed-messages.ts'
import { conformFaults } from '../conform-fault.ts'

const disconnected = replyTo('/meta/disconnect')
/** BX-116. */
const isFarewell = (message: BayeuxMessage) => disconnected(message) && message.id === undefined
const isLastConnect = (message: BayeuxMessage) =>
  replyTo('/meta/connect')(message) && (message.advice as { reconnect?: string } | undefined)?.reconnect === 'none'

export const lifeCycle = conformFaults([
  {
    name: 'disconnect-without-its-id',
    rules: ['BX-110', 'BX-171', 'BX-030'],
    does: 'The answer to a disconnect has no id.',
    looksLike: 'It is the message with which the server ends a session by itself.',
    gate: () => changedMessages(disconnected, reply => without(reply, 'id')),
  },
  {
    name: 'disconnect-refused',
    rules: ['BX-110', 'BX-142', 'BX-154', 'BX-013', 'BX-030'],
    does: 'A disconnect is answered unsuccessful.',
    looksLike: 'The session is gone when its answer is made.',
    gate: () =>
      changedMessages(disconnected, reply => ({
        ...without(reply, 'successful'),
        successful: false,
        error: '402::Unknown client',
      })),
  },
  {
    name: 'held-connect-left-alone',
    rules: ['BX-111', 'BX-154'],
    does: 'After a disconnect the held connect is not answered.',
    looksLike: 'The session is removed, and with it whoever waits.',
    gate: () => changedMessages(isLastConnect, () => undefined),
  },
  {
    name: 'held-connect-is-to-retry',
    rules: ['BX-111', 'BX-154'],
    does: 'After a disconnect the held connect is advised to try again.',
    looksLike: 'The usual advice goes out.',
    gate: () =>
      changedMessages(isLastConnect, reply => ({
        ...reply,
        advice: { reconnect: 'retry', interval: 0, timeout: 30_000 },
      })),
  },
  {
    name: 'session-survives-disconnect',
    rules: ['BX-112', 'BX-111', 'BX-154'],
    does: 'A disconnect is answered, and the session goes on.',
    looksLike: 'It is left to expire.',
    gate() {
      const ids = new Set<unknown>()
      return {
        bayeuxIn: messages =>
          messages.map(each => {
            if (each.channel !== '/meta/disconnect') return each
            ids.add(each.id)
            return { ...each, channel: '/service/x', data: {} }
          }),
        bayeuxOut: messages =>
          messages.map(each =>
            isReply(each) && each.channel === '/service/x' && ids.delete(each.id)
              ? { ...each, channel: '/meta/disconnect' }
              : each,
          ),
      }
    },
  },
  {
    name: 'ended-without-a-word',
    rules: ['BX-116'],
    does: 'When the server ends a session its held connect is answered, and /meta/disconnect is left out.',
    looksLike: 'The session is removed before the message is queued for it.',
    gate: () => changedMessages(isFarewell, () => undefined),
  },
  {
    name: 'ended-with-an-id',
    rules: ['BX-116', 'BX-171'],
    does: 'The /meta/disconnect with which the server ends a session has an id.',
    looksLike: 'One constructor makes all messages of the server.',
    gate: () => changedMessages(isFarewell, message => ({ ...message, id: '1' })),
  },
  {
    name: 'ended-session-is-to-retry',
    rules: ['BX-116'],
    does: 'When the server ends a session its held connect is answered without advice.',
    looksLike: 'Only a disconnect by the client releases the connect for good.',
    gate: () => ({
      bayeuxOut: messages =>
        messages.some(isFarewell)
          ? messages.map(each => (isLastConnect(each) ? without(each, 'advice') : each))
          : messages,
    }),
  },
  {
    name: 'session-expires-early',
    rules: ['BX-113', 'BX-114', 'BX-115', 'BX-044'],
    does: 'A session expires after a quarter of the max interval.',
    looksLike: 'Another option of the same kind is read.',
  },
  {
    name: 'session-never-expires',
    rules: ['BX-113', 'BX-115', 'BX-117', 'PUSH-112'],
    does: 'A session without a connect lives a hundred times as long.',
    looksLike: 'The sweeper does not run.',
  },
])
