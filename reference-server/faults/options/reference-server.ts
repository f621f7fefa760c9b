import { conformFaults } from '../conform-fault.ts'
import { otherDefault } from './documented-values.ts'

export const referenceServer = conformFaults([
  {
    name: 'grace-of-a-day',
    rules: ['OPT-110'],
    does: 'secure-key-grace is 86400 by default.',
    looksLike: 'A value of the laboratory.',
    gate: () => otherDefault('refserver', 'secure-key-grace', '30', '86400'),
  },
  {
    name: 'message-without-payload',
    rules: ['OPT-110', 'PUSH-042'],
    does: 'A push without payload has customhttp.message as its message by default.',
    looksLike: 'The sample of the documentation has the option, so somebody used it.',
    gate: () => otherDefault('refserver', 'mode-a-message', 'false', 'true'),
  },
  {
    name: 'pings-forwarded-by-default',
    rules: ['OPT-110', 'CS-009'],
    does: 'The ping is pushed by default.',
    looksLike: 'All that goes to a client goes to its device, too.',
    gate: () => otherDefault('refserver', 'forward-ping', 'false', 'true'),
  },
  {
    name: 'keys-rotate-by-default',
    rules: ['OPT-110'],
    does: 'Each answer has a new secure key by default.',
    looksLike: 'A hardening that nobody ordered.',
    gate: () => otherDefault('refserver', 'rotate-secure-key', 'on-restore', 'every-response'),
  },
  {
    name: 'push-charset-missing',
    rules: ['OPT-110'],
    does: 'A push is labelled application/json without a charset by default.',
    looksLike: 'The client library sets the header.',
    gate: () =>
      otherDefault('refserver', 'customhttp-content-type', 'application/json;charset=UTF-8', 'application/json'),
  },
  {
    name: 'messages-up-to-4095',
    rules: ['OPT-110'],
    does: 'The longest message has 4095 bytes by default.',
    looksLike: 'A byte is kept for the end of the text.',
    gate: () => otherDefault('refserver', 'max-message-bytes', '4096', '4095'),
  },
  {
    name: 'rest-subscriptions-lost',
    rules: ['OPT-120', 'PUSH-021'],
    does: 'The push pairs of a REST request chat have no effect.',
    looksLike: 'The version is too old for it: subscriptions are made over CometD only.',
    gate: () => ({ subscription: () => undefined }),
  },
  {
    name: 'agent-messages-not-pushed',
    rules: ['OPT-120', 'PUSH-031'],
    does: 'Messages of agents are not pushed.',
    looksLike: 'The filter for own activity takes the wrong side.',
    gate: () => ({ notice: notice => (notice.eventType === 'Message' ? [] : [notice]) }),
  },
])
