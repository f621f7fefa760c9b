import { conformFaults } from '../conform-fault.ts'
import { otherDefault, takesInvalid } from './documented-values.ts'

export const gmsPush = conformFaults([
  {
    name: 'disabled-type-delivered',
    rules: ['OPT-090', 'PUSH-001', 'PUSH-003'],
    does: 'A push is delivered although its type is not in pushEnabled.',
    looksLike: 'The list is looked at when a subscription is made over CometD, not when a push is sent.',
  },
  {
    name: 'unknown-type-voids-list',
    rules: ['OPT-090', 'PUSH-002'],
    does: 'pushEnabled with a type that does not exist enables nothing.',
    looksLike: 'The whole value counts as invalid.',
    gate() {
      let isVoid = false
      return {
        setting(_section, option, value, outcome) {
          if (option === 'pushEnabled') isVoid = value !== undefined && outcome.kind === 'warned'
          return outcome
        },
        notice: notice => (isVoid ? [] : [notice]),
      }
    },
  },
  {
    name: 'bad-url-not-logged',
    rules: ['OPT-091'],
    does: 'A customhttp.url that is missing or wrong leaves no error in the log.',
    looksLike: 'The notification is dropped where nobody logs.',
    gate: () => ({ line: line => (line.includes('no target') ? undefined : line) }),
  },
  {
    name: 'bad-url-warned-only',
    rules: ['OPT-091'],
    does: 'Without customhttp.url the lost notification is told, the reason is not.',
    looksLike: 'The log line is built before the reason is known.',
    gate: () => ({
      line: line => (line.includes('no target') ? 'customhttp push failed' : line),
      target: target => (target.kind === 'none' ? { kind: 'none', reason: 'unknown' } : target),
    }),
  },
  {
    name: 'alert-body-by-default',
    rules: ['OPT-093'],
    does: 'apple.alertMessage.body has a default.',
    looksLike: 'The sample value of the documentation was taken for the default.',
    gate: () => otherDefault('push', 'apple.alertMessage.body', '', 'New message'),
  },
  {
    name: 'short-expiration-taken',
    rules: ['OPT-094'],
    does: 'A defaultSubscriptionExpiration below 30 is taken.',
    looksLike: 'The lower bound is not checked.',
    gate: () => takesInvalid('push', 'defaultSubscriptionExpiration', value => value === '29'),
  },
  {
    name: 'all-events-unfiltered',
    rules: ['OPT-095'],
    does: 'filtering_chat_events is empty by default.',
    looksLike: 'The default is documented and was never written down in the code.',
    gate: () => otherDefault('push', 'filtering_chat_events', 'Notice.TypingStarted,Notice.TypingStopped', ''),
  },
  {
    name: 'certificate-always-checked',
    rules: ['OPT-096', 'PUSH-048'],
    does: 'http.ssl_trust_all=true has no effect.',
    looksLike: 'The option is read for another HTTP client.',
    gate: () => ({ option: (_section, option, value) => (option === 'http.ssl_trust_all' ? 'false' : value) }),
  },
])
