import { quiet } from '../../chat-server/resend.ts'
import { changedRequest } from '../changed-request.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

/** A gate under which request chat has a pair that was not given. */
function pairByDefault(pair: string, value: string): () => FaultGate {
  return () =>
    changedRequest('requestChat', request => ({ ...request, userData: { [pair]: value, ...request.userData } }))
}

/** A gate under which pushes carry another device id. */
function otherDeviceId(change: (deviceId: string) => string): () => FaultGate {
  return () => ({ body: body => ({ ...body, deviceId: change((body as { deviceId: string }).deviceId) }) })
}

const mobile = ['fcm', 'ios']

export const subscription = conformFaults([
  {
    name: 'subscribed-without-asking',
    rules: ['PUSH-021'],
    does: 'Device id and type subscribe without GCTI_Chat_PushSubscribe.',
    looksLike: 'The device id is looked at, as in CometD subscriptions.',
    gate: pairByDefault('GCTI_Chat_PushSubscribe', 'true'),
  },
  {
    name: 'device-type-customhttp-by-default',
    rules: ['PUSH-021'],
    does: 'A subscription without device type is one of type customhttp.',
    looksLike: 'Over REST there is one type, so somebody made it the default.',
    gate: pairByDefault('GCTI_GMS_PushDeviceType', 'customhttp'),
  },
  {
    name: 'device-id-not-needed',
    rules: ['PUSH-021'],
    does: 'A subscription without device id is accepted.',
    looksLike: 'An empty text takes the place of what is missing.',
    gate: pairByDefault('GCTI_GMS_PushDeviceId', 'unknown'),
  },
  {
    name: 'device-id-trimmed',
    rules: ['PUSH-022'],
    does: 'Blanks around the device id are lost.',
    looksLike: 'Form values are trimmed.',
    gate: otherDeviceId(deviceId => deviceId.trim()),
  },
  {
    name: 'device-id-lower-case',
    rules: ['PUSH-022'],
    does: 'The device id comes back in lower case.',
    looksLike: 'It serves as a key that is compared without regard to case.',
    gate: otherDeviceId(deviceId => deviceId.toLowerCase()),
  },
  {
    name: 'device-id-cut',
    rules: ['PUSH-022'],
    does: 'A device id is cut after 128 characters.',
    looksLike: 'A column of a table is too short for the tokens of today.',
    gate: otherDeviceId(deviceId => deviceId.slice(0, 128)),
  },
  {
    name: 'device-id-ascii',
    rules: ['PUSH-022'],
    does: 'Characters beyond ASCII in a device id become question marks.',
    looksLike: 'The value goes through an encoding of one byte.',
    gate: otherDeviceId(deviceId => deviceId.replace(/[^\x20-\x7e]/g, '?')),
  },
  {
    name: 'own-activity-always',
    rules: ['PUSH-023'],
    does: 'Own activity is pushed without GCTI_GMS_NotifyRequestor, too.',
    looksLike: 'The pair is looked at for CometD subscriptions only.',
    gate: () => ({ subscription: push => ({ ...push, notifyRequestor: true }) }),
  },
  {
    name: 'own-activity-never',
    rules: ['PUSH-023'],
    does: 'Own activity is not pushed with GCTI_GMS_NotifyRequestor either.',
    looksLike: 'Notifications to the sender of an event are filtered out at the end.',
    gate: () => ({ subscription: push => ({ ...push, notifyRequestor: false }) }),
  },
  {
    name: 'own-messages-only',
    rules: ['PUSH-023', 'PUSH-031'],
    does: 'Of the own activity only messages are pushed.',
    looksLike: 'The filter for the requestor knows one event type.',
    gate: () => ({
      notice: notice =>
        notice.event?.from.type === 'Client' && !/Message|Participant/.test(notice.eventType) ? [] : [notice],
    }),
  },
  {
    name: 'payload-without-asking',
    rules: ['PUSH-024', 'PUSH-042', 'PUSH-028'],
    does: 'Pushes carry the event without GCTI_GMS_PushIncludePayload, too.',
    looksLike: 'The option of section chat is read for every service.',
    gate: () => ({ subscription: push => ({ ...push, includePayload: true }) }),
  },
  {
    name: 'payload-pair-ignored',
    rules: ['PUSH-024', 'PUSH-028'],
    does: 'GCTI_GMS_PushIncludePayload has no effect, only the option has.',
    looksLike: 'The pair is not among those that are copied to the subscription.',
    gate: () => ({ subscription: push => ({ ...push, includePayload: push.resend !== undefined }) }),
  },
  {
    name: 'payload-for-the-next-one',
    rules: ['PUSH-028', 'PUSH-024', 'PUSH-042'],
    does: 'Once one session has asked for the payload, all later ones get it.',
    looksLike: 'The flag is kept for the service, not for the session.',
    gate() {
      let wasAsked = false
      return {
        subscription(push) {
          wasAsked ||= push.includePayload
          return { ...push, includePayload: wasAsked }
        },
      }
    },
  },
  {
    name: 'resend-without-payload',
    rules: ['PUSH-025', 'PUSH-042'],
    does: 'GCTI_GMS_PushResend makes a subscription reliable without payload, too.',
    looksLike: 'The two pairs are looked at apart from each other.',
    gate: () => ({
      subscription: (push, userData) =>
        userData.GCTI_GMS_PushResend === 'true' ? { ...push, resend: quiet, includePayload: true } : push,
    }),
  },
  {
    name: 'resend-refusal-not-logged',
    rules: ['PUSH-025'],
    does: 'That GCTI_GMS_PushResend is ignored is not in the log.',
    looksLike: 'The pair is dropped silently.',
    gate: () => ({ line: line => (line.includes('GCTI_GMS_PushResend') ? undefined : line) }),
  },
  {
    name: 'resend-needs-the-pair',
    rules: ['PUSH-028', 'PUSH-025'],
    does: 'GCTI_GMS_PushResend is ignored where the payload comes from the option of the service.',
    looksLike: 'The combination is checked before the option is read.',
    gate: () => ({
      subscription: (push, userData) =>
        userData.GCTI_GMS_PushIncludePayload === 'true' ? push : { ...push, resend: undefined },
    }),
  },
  {
    name: 'unknown-type-as-customhttp',
    rules: ['PUSH-026', 'PUSH-029'],
    does: 'A device type other than customhttp is taken for it.',
    looksLike: 'The type is not looked at, since REST knows one only.',
    gate: () => ({ subscription: push => ({ ...push, deviceType: 'customhttp' }) }),
  },
  {
    name: 'unknown-type-not-logged',
    rules: ['PUSH-026'],
    does: 'An unknown device type leaves no line in the log.',
    looksLike: 'The notification is dropped silently.',
    gate: () => ({ line: line => (line.includes('unknown push device type') ? undefined : line) }),
  },
  {
    name: 'unknown-type-refuses-chat',
    rules: ['PUSH-026'],
    does: 'Request chat with an unknown device type fails.',
    looksLike: 'The subscription is validated together with the form.',
    gate: () => ({
      outcome: (request, outcome) =>
        request.userData?.GCTI_GMS_PushDeviceType?.startsWith('pigeon')
          ? { kind: 'refused', reason: 'limited' }
          : outcome,
    }),
  },
  {
    name: 'mobile-types-refused-over-rest',
    rules: ['PUSH-029'],
    does: 'A REST subscription of type fcm or ios is dropped.',
    looksLike: 'Only the type that is documented for REST is let through.',
    gate: () => ({ subscription: push => (mobile.includes(push.deviceType) ? undefined : push) }),
  },
])
