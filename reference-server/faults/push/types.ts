import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'

export const types = conformFaults([
  {
    name: 'any-type-as-customhttp',
    rules: ['PUSH-001'],
    does: 'A subscription of any type is served over customhttp.',
    looksLike: 'The type is not looked at where customhttp is the only one that is enabled.',
    gate: () => ({ subscription: push => ({ ...push, deviceType: 'customhttp' }) }),
  },
  {
    name: 'enabled-type-of-the-session',
    rules: ['PUSH-001'],
    does: 'A session that began while its type was not enabled is never pushed to.',
    looksLike: 'pushEnabled is looked at when the session subscribes and kept with the subscription.',
    gate() {
      let isEnabled = true
      const without = new Set<string>()
      return {
        option(section, option, value) {
          if (section === 'push' && option === 'pushEnabled') isEnabled = (value ?? '').includes('customhttp')
          return value
        },
        notice(notice) {
          if (!isEnabled) without.add(notice.chatId)
          return without.has(notice.chatId) ? [] : [notice]
        },
      }
    },
  },
  {
    name: 'unknown-word-ends-list',
    rules: ['PUSH-002'],
    does: 'What stands in pushEnabled behind an unknown word is not enabled.',
    looksLike: 'The list is read up to the first error.',
    gate: () =>
      changedOption('push', 'pushEnabled', value => {
        const words = (value ?? '').split(',')
        const unknown = words.findIndex(word => !['comet', 'customhttp', 'fcm', 'ios'].includes(word.trim()))
        return unknown < 0 ? value : words.slice(0, unknown).join(',')
      }),
  },
  {
    name: 'empty-push-enabled-is-all',
    rules: ['PUSH-003'],
    does: 'An empty pushEnabled enables every type.',
    looksLike: 'No restriction is configured, so nothing is restricted.',
    gate: () => changedOption('push', 'pushEnabled', value => (value === '' ? 'comet,customhttp,fcm,ios' : value)),
  },
])
