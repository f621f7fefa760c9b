import { changedOption } from '../changed-option.ts'
import { changedRequest } from '../changed-request.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

/** A gate under which each value of GCTI_Chat_PushSubscribe is read as another one. */
function pushSubscribe(read: (value: string | undefined) => string | undefined): FaultGate {
  return changedRequest('requestChat', request => {
    const { GCTI_Chat_PushSubscribe: value, ...userData } = request.userData ?? {}
    const as = read(value)
    return { ...request, userData: as === undefined ? userData : { ...userData, GCTI_Chat_PushSubscribe: as } }
  })
}

/** What `flex-push-enabled` was when it was last read. */
function watchPushEnabled(): { isEnabled(): boolean; option: NonNullable<FaultGate['option']> } {
  let isEnabled = true
  return {
    isEnabled: () => isEnabled,
    option(_section, option, value) {
      if (option === 'flex-push-enabled') isEnabled = value !== 'false'
      return value
    },
  }
}

export const pushSubscription = conformFaults([
  {
    name: 'push-enabled-ignored',
    rules: ['CS-040', 'OPT-021'],
    does: 'flex-push-enabled=false refuses no subscription.',
    looksLike: 'The option is looked at for CometD registrations only.',
    gate: () => changedOption('settings', 'flex-push-enabled', () => 'true'),
  },
  {
    name: 'push-disabled-for-all',
    rules: ['CS-040', 'OPT-021'],
    does: 'flex-push-enabled=false silences the subscriptions that are there, too.',
    looksLike: 'The option is looked at when a notification is sent.',
    gate: () => {
      const { isEnabled, option } = watchPushEnabled()
      return { option, notice: notice => (isEnabled() ? [notice] : []) }
    },
  },
  {
    name: 'push-on-join-ignored',
    rules: ['CS-041', 'OPT-023'],
    does: 'GCTI_Chat_PushSubscribe works with flex-push-on-join=false, too.',
    looksLike: 'The option came later than the pair and is not looked at.',
    gate: () => changedOption('settings', 'flex-push-on-join', () => 'true'),
  },
  {
    name: 'push-timer-without-subscription',
    rules: ['CS-041'],
    does: 'A party whose subscription was refused has flex-push-timeout all the same.',
    looksLike: 'The timer looks at the pair, not at what came of it: such sessions live for hours.',
  },
  {
    name: 'subscribed-by-first-request',
    rules: ['CS-042'],
    does: 'A subscription works from the first request after request chat on.',
    looksLike: 'The confirmation of the subscription comes after the answer, and nothing waits for it.',
    gate: () => {
      const asked = new Set<string>()
      return {
        request(request) {
          asked.add(request.chatId)
          return request
        },
        notice: notice => (asked.has(notice.chatId) ? [notice] : []),
      }
    },
  },
  {
    name: 'refused-subscription-fails-chat',
    rules: ['CS-043', 'CS-040'],
    does: 'Request chat fails when its subscription is refused.',
    looksLike: 'The error of the subscription is returned as that of the join.',
    gate: () => {
      const { isEnabled, option } = watchPushEnabled()
      return {
        option,
        outcome: (request, outcome) =>
          request.operation === 'requestChat' && request.userData?.GCTI_Chat_PushSubscribe && !isEnabled()
            ? { kind: 'refused', reason: 'limited' }
            : outcome,
      }
    },
  },
  {
    name: 'missing-device-fails-chat',
    rules: ['CS-043'],
    does: 'Request chat fails when its subscription names no device.',
    looksLike: 'The pairs are validated together with the form.',
    gate: () => ({
      outcome: ({ operation, userData = {} }, outcome) =>
        operation === 'requestChat' && userData.GCTI_Chat_PushSubscribe && !userData.GCTI_GMS_PushDeviceId
          ? { kind: 'refused', reason: 'limited' }
          : outcome,
    }),
  },
  {
    name: 'true-in-lower-case-only',
    rules: ['CS-044'],
    does: 'GCTI_Chat_PushSubscribe=True is not recognised.',
    looksLike: 'The value is compared as a text.',
    gate: () => pushSubscribe(value => (value === 'true' ? value : undefined)),
  },
  {
    name: 'payload-in-lower-case-only',
    rules: ['CS-044'],
    does: 'GCTI_GMS_PushIncludePayload=TRUE is not recognised.',
    looksLike: 'Each pair is read by code of its own.',
    gate: () => ({
      subscription: (push, userData) => ({ ...push, includePayload: userData.GCTI_GMS_PushIncludePayload === 'true' }),
    }),
  },
  {
    name: 'yes-and-1-are-true',
    rules: ['CS-044'],
    does: 'GCTI_Chat_PushSubscribe=1 and =yes subscribe.',
    looksLike: 'A library reads the flag, generous as configuration servers are.',
    gate: () => pushSubscribe(value => (value === '1' || value === 'yes' ? 'true' : value)),
  },
  {
    name: 'subscribed-like-others',
    rules: ['CS-045'],
    does: 'A subscribed party is removed after flex-disconnect-timeout.',
    looksLike: 'The timer is started before the subscription is confirmed.',
  },
  {
    name: 'push-after-removal',
    rules: ['CS-046'],
    does: 'A removed party is pushed what goes on in the session.',
    looksLike: 'The subscription belongs to the session, which lives on with its agent.',
  },
  {
    name: 'notified-though-switched-off',
    rules: ['CS-047'],
    does: 'A CometD chat that begins under flex-push-enabled=false is notified.',
    looksLike: 'The option is thought to be about pushes alone.',
    gate: () => changedOption('settings', 'flex-push-enabled', () => 'true'),
  },
])
