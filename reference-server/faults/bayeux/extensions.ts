import type { BayeuxMessage } from '../../gms-node/bayeux/message.ts'
import { without } from '../changed-json.ts'
import { changedMessages, changedRequests, isReply, isSuccess, refused, replyTo } from '../changed-messages.ts'
import { conformFaults } from '../conform-fault.ts'

export const extensions = conformFaults([
  {
    name: 'ack-promised',
    rules: ['BX-160'],
    does: 'A handshake that asks for ack is told that it gets it, and it does not.',
    looksLike: 'The ext of the request is sent back.',
    gate() {
      let asks = false
      return {
        bayeuxIn(messages) {
          asks = messages.some(({ ext }) => (ext as Record<string, unknown> | undefined)?.ack === true)
          return messages
        },
        bayeuxOut: messages =>
          messages.map(each => (asks && replyTo('/meta/handshake')(each) ? { ...each, ext: { ack: true } } : each)),
      }
    },
  },
  {
    name: 'unknown-ext-refused',
    rules: ['BX-164'],
    does: 'A message with an extension that nobody knows is refused.',
    looksLike: 'Unknown members are a mistake, in the eyes of the parser.',
    gate() {
      let known = new Set<unknown>()
      const isStrange = ({ ext }: BayeuxMessage) => ext !== undefined && 'deep' in (ext as object)
      return {
        bayeuxIn(messages) {
          known = new Set(messages.filter(isStrange).map(({ id }) => id))
          return messages
        },
        bayeuxOut: messages =>
          messages.map(each =>
            isReply(each) && isSuccess(each) && known.has(each.id) ? refused(each, '400::ext') : each,
          ),
      }
    },
  },
  {
    name: 'ack-number-stays',
    rules: ['BX-161'],
    does: 'The number of an acknowledging session does not rise.',
    looksLike: 'It counts events, and there were none.',
    gate: () =>
      changedMessages(replyTo('/meta/connect'), reply =>
        'ack' in Object(reply.ext) ? { ...reply, ext: { ...(reply.ext as object), ack: 1 } } : reply,
      ),
  },
  {
    name: 'delivered-is-acknowledged',
    rules: ['BX-161'],
    does: 'What was delivered is forgotten, acknowledged or not.',
    looksLike: 'The queue is cleared when it is written.',
    gate: () =>
      changedRequests(
        ({ channel, ext }) => channel === '/meta/connect' && 'ack' in Object(ext),
        message => ({ ...message, ext: { ...(message.ext as object), ack: 1_000_000 } }),
      ),
  },
  {
    name: 'timesync-without-lag',
    rules: ['BX-163'],
    does: 'The times of timesync come without the lag.',
    looksLike: 'The client can reckon it itself.',
    gate: () =>
      changedMessages(isReply, reply => {
        const { timesync } = Object(reply.ext) as { timesync?: Record<string, unknown> }
        return timesync ? { ...reply, ext: { ...(reply.ext as object), timesync: without(timesync, 'a') } } : reply
      }),
  },
  {
    name: 'every-origin-allowed',
    rules: ['BX-165'],
    does: 'Every origin is answered with itself and with credentials.',
    looksLike: 'Copied from an answer on the web, to make the error go away.',
    gate: () => ({
      cometdReply(reply, { headers: { origin } }) {
        if (origin === undefined) return reply
        const open = { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' }
        return { ...reply, headers: { ...reply.headers, ...open } }
      },
    }),
  },
  {
    name: 'ack-delivers-at-once',
    rules: ['BX-162', 'BX-161'],
    does: 'To a client that acknowledges events go with any answer, not with connects only.',
    looksLike: 'The extension numbers what is sent, and does not say how.',
  },
])
