import { changedOption } from '../changed-option.ts'
import { changedOperation } from '../cometd/changed-chat.ts'
import { conformFaults } from '../conform-fault.ts'

type Json = Record<string, unknown>

export const activeClient = conformFaults([
  {
    name: 'only-clients-away-are-pushed',
    rules: ['PUSH-110', 'PUSH-006'],
    does: 'A client with a CometD connection is not pushed to.',
    looksLike: 'The version table of the documentation has the option the other way round.',
    gate: () => ({
      request: request => (request.comet ? { ...request, comet: { ...request.comet, pushesToo: false } } : request),
    }),
  },
  {
    name: 'clients-at-home-pushed-too',
    rules: ['PUSH-111', 'PUSH-112', 'PUSH-113'],
    does: 'With push_notification_to_active_client=false all are pushed to.',
    looksLike: 'The option is read from another section.',
    gate: () => changedOption('chat*', 'push_notification_to_active_client', () => 'true'),
  },
  {
    name: 'device-id-subscribes-alone',
    rules: ['PUSH-020'],
    does: 'A device id without a type is pushed to.',
    looksLike: 'There is a default type.',
    gate: () =>
      changedOperation(undefined, data => {
        const userData = data.userData as Json | undefined
        return userData?.push_notification_deviceid !== undefined
          ? { ...data, userData: { push_notification_type: 'customhttp', ...userData } }
          : data
      }),
  },
])
