import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import { firstValue } from '../first-value.ts'
import { rememberSettings } from '../remember-settings.ts'
import { otherDefault, takesInvalid } from './documented-values.ts'

const service = 'chat.customer-support'
const mode = 'enable_notification_mode'
const withPayload = 'push_notification_include_payload'

export const gmsChat = conformFaults([
  {
    name: 'notification-mode-by-default',
    rules: ['OPT-080'],
    does: 'enable_notification_mode is true by default.',
    looksLike: 'The samples of the documentation have it, so somebody made it the default.',
    gate: () => otherDefault('chat', mode, 'false', 'true'),
  },
  {
    name: 'notification-mode-per-service',
    rules: ['OPT-080'],
    does: 'enable_notification_mode in the section of a service is in force.',
    looksLike: 'All options of section chat are looked up the same way.',
    gate() {
      const settings = rememberSettings()
      return {
        setting: settings.setting,
        option: (section, option, value) =>
          section === 'chat' && option === mode ? (settings.of(service, mode)?.value ?? value) : value,
      }
    },
  },
  {
    name: 'notification-mode-at-once',
    rules: ['OPT-081', 'OPT-008'],
    does: 'enable_notification_mode=false closes the connections at once.',
    looksLike: 'The handler of changed options knows no restart.',
    gate() {
      const settings = rememberSettings()
      return {
        setting: settings.setting,
        notice: notice => (settings.of('chat', mode)?.value === 'false' ? [] : [notice]),
      }
    },
  },
  {
    name: 'notification-mode-told-in-force',
    rules: ['OPT-081', 'OPT-080', 'OPT-008'],
    does: 'Who changes enable_notification_mode is told that the value is in force.',
    looksLike: 'The answer is given before the effect time of the option is looked up.',
    gate: () => ({
      setting: (_section, option, _value, outcome) =>
        option === mode && outcome.kind === 'pending' ? { kind: 'in-force' } : outcome,
    }),
  },
  {
    name: 'include-payload-ignored',
    rules: ['OPT-082', 'PUSH-028'],
    does: 'push_notification_include_payload has no effect.',
    looksLike: 'The option is read from the section of another service.',
    gate: () => changedOption('chat*', withPayload, () => 'false'),
  },
  {
    name: 'payload-by-default',
    rules: ['OPT-082'],
    does: 'push_notification_include_payload that is set nowhere is true.',
    looksLike: 'The samples of the documentation have it, so somebody made it the default.',
    gate() {
      const settings = rememberSettings()
      const isDeleted = (section: string) => {
        const set = settings.of(section, withPayload)
        return set !== undefined && set.value === undefined
      }
      return {
        setting: settings.setting,
        option: (section, option, value) =>
          section === service && option === withPayload && isDeleted(service) && isDeleted('chat') ? 'true' : value,
      }
    },
  },
  {
    name: 'payload-of-first-push',
    rules: ['OPT-082', 'OPT-002', 'OPT-009'],
    does: 'push_notification_include_payload keeps the value that it had at the first push.',
    looksLike: 'The option is read once, late.',
    gate: () => firstValue(service, withPayload),
  },
  {
    name: 'active-client-silent-by-default',
    rules: ['OPT-083'],
    does: 'push_notification_to_active_client is false by default.',
    looksLike: 'The recommended value was taken for the default.',
    gate: () => otherDefault('chat', 'push_notification_to_active_client', 'true', 'false'),
  },
  {
    name: 'active-client-at-once',
    rules: ['OPT-083', 'OPT-008'],
    does: 'push_notification_to_active_client is in force without a restart.',
    looksLike: 'The option is handled like the one beside it.',
    gate: () => ({
      setting: (_section, option, _value, outcome) =>
        option === 'push_notification_to_active_client' && outcome.kind === 'pending' ? { kind: 'in-force' } : outcome,
    }),
  },
  {
    name: 'active-client-takes-no',
    rules: ['OPT-083', 'OPT-006'],
    does: 'push_notification_to_active_client=no is taken.',
    looksLike: 'A library reads the flag, generous as configuration servers are.',
    gate: () => takesInvalid('chat', 'push_notification_to_active_client', value => value === 'no'),
  },
  {
    name: 'no-endpoint-by-default',
    rules: ['OPT-084'],
    does: 'default_chat_endpoint is empty by default.',
    looksLike: 'The default is documented and was never written down in the code.',
    gate: () => otherDefault('chat', 'default_chat_endpoint', 'Environment:default', ''),
  },
  {
    name: 'empty-section-is-no-service',
    rules: ['OPT-085', 'OPT-086'],
    does: 'A service whose section is empty does not exist.',
    looksLike: 'Services are found by their options.',
  },
  {
    name: 'credentials-ignored',
    rules: ['OPT-086'],
    does: 'auth-username and auth-password have no effect.',
    looksLike: 'They are read when the service is made, and that was before.',
    gate: () => ({ option: (_section, option, value) => (option.startsWith('refserver.auth-') ? undefined : value) }),
  },
  {
    name: 'username-alone-protects',
    rules: ['OPT-086'],
    does: 'auth-username alone switches the authentication on, with an empty password.',
    looksLike: 'A missing password counts as an empty one.',
    gate: () => ({
      option: (_section, option, value) => (option === 'refserver.auth-password' ? (value ?? '') : value),
    }),
  },
])
