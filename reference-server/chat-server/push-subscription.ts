import type { OptionReader } from '../actors.ts'
import type { ChatRequest } from '../messages.ts'
import { settings } from './environment.ts'
import { quiet } from './resend.ts'
import type { PushSubscription } from './subscription.ts'

export type Subscription =
  | { kind: 'none' }
  /** Request chat succeeds all the same (CS-043). */
  | { kind: 'refused'; why: string }
  | { kind: 'accepted'; push: PushSubscription; warning?: string }

/** Push subscription at request chat over REST (CS-040 ff., PUSH-020 ff.). */
export function readSubscription(
  request: ChatRequest,
  userData: Readonly<Record<string, string>>,
  options: OptionReader,
): Subscription {
  if (!isTrue(userData.GCTI_Chat_PushSubscribe)) return { kind: 'none' }
  if (!options.flag(settings, 'flex-push-enabled')) return { kind: 'refused', why: 'flex-push-enabled is false' }
  if (!options.flag(settings, 'flex-push-on-join')) return { kind: 'refused', why: 'flex-push-on-join is false' }
  const deviceId = userData.GCTI_GMS_PushDeviceId ?? ''
  const deviceType = userData.GCTI_GMS_PushDeviceType ?? ''
  if (deviceId === '' || deviceType === '') return { kind: 'refused', why: 'device id or type is missing' }
  const ownPayload = isTrue(userData.GCTI_GMS_PushIncludePayload)
  const wantsResend = isTrue(userData.GCTI_GMS_PushResend)
  // Resend requires payload, by the pair or by the option of the service (PUSH-025, OQ-25).
  const isReliable = wantsResend && (ownPayload || request.includePayload === true)
  return {
    kind: 'accepted',
    push: {
      deviceId,
      deviceType,
      provider: userData.GCTI_GMS_PushProvider,
      debug: isTrue(userData.GCTI_GMS_PushDebug),
      // The option of the service may change at any time; the node adds it to each notice (PUSH-028, OPT-082).
      includePayload: ownPayload || isReliable,
      notifyRequestor: isTrue(userData.GCTI_GMS_NotifyRequestor),
      clientChannel: userData.GCTI_GMS_ClientChannel,
      resend: isReliable ? quiet : undefined,
    },
    ...(wantsResend && !isReliable ? { warning: 'GCTI_GMS_PushResend without payload is ignored' } : {}),
  }
}

/** "true" in any case; everything else is false (CS-044). */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && (value === 'true' || value.toLowerCase() === 'true')
}
