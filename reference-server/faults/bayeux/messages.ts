import { changedMessages, isPublish, isReply, isSuccess, replyTo } from '../changed-messages.ts'
import { conformFaults } from '../conform-fault.ts'

export const messages = conformFaults([
  {
    name: 'successful-as-text',
    rules: ['BX-170'],
    does: 'The member successful is a text.',
    looksLike: 'Everything is a text in the XML that the message once was.',
    gate: () =>
      changedMessages(replyTo('/meta/connect'), reply => ({ ...reply, successful: String(reply.successful) })),
  },
  {
    name: 'unknown-advice',
    rules: ['BX-170', 'BX-022'],
    does: 'The advice of a connect says "reconnect".',
    looksLike: 'The word of another protocol.',
    gate: () =>
      changedMessages(
        message => replyTo('/meta/connect')(message) && message.advice !== undefined,
        reply => ({ ...reply, advice: { ...(reply.advice as object), reconnect: 'reconnect' } }),
      ),
  },
  {
    name: 'answered-twice',
    rules: ['BX-171', 'BX-100'],
    does: 'A publish is answered twice.',
    looksLike: 'The service answers, and so does the channel.',
    gate: () => ({
      bayeuxOut: all =>
        all.flatMap(each => (isReply(each) && isPublish(each) && isSuccess(each) ? [each, each] : [each])),
    }),
  },
  {
    name: 'error-beside-success',
    rules: ['BX-172'],
    does: 'A successful connect has an error.',
    looksLike: 'The member holds the status, whatever it is.',
    gate: () =>
      changedMessages(
        message => replyTo('/meta/connect')(message) && isSuccess(message),
        reply => ({ ...reply, error: '200::ok' }),
      ),
  },
  {
    name: 'errors-in-words',
    rules: ['BX-172', 'BX-065', 'BX-066', 'BX-067'],
    does: 'The error of a refused subscribe is a sentence.',
    looksLike: 'It is the message of the exception.',
    gate: () =>
      changedMessages(
        message => replyTo('/meta/subscribe')(message) && !isSuccess(message),
        reply => ({ ...reply, error: 'You may not subscribe to this channel' }),
      ),
  },
])
