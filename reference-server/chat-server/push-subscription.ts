import type { OptionReader } from '../actors.ts'
import type { ChatRequest } from '../messages.ts'
import { type Environment, settings } from './environment.ts'
import { quiet } from './resend.ts'
import type { Session } from './session.ts'
import type { PushSubscription } from './subscription.ts'

export type Subscription =
  | { kind: 'none' }
  /** Request chat succeeds all the same (CS-043). */
  | { kind: 'refused'; why: string }
  | { kind: 'accepted'; push: PushSubscription; warning?: string }

/** Where the two APIs have the same under different names (PUSH-020, PUSH-021). */
const overRest = {
  deviceId: 'GCTI_GMS_PushDeviceId',
  deviceType: 'GCTI_GMS_PushDeviceType',
  provider: 'GCTI_GMS_PushProvider',
  debug: 'GCTI_GMS_PushDebug',
}
const overComet: typeof overRest = {
  deviceId: 'push_notification_deviceid',
  deviceType: 'push_notification_type',
  provider: 'push_notification_provider',
  debug: 'push_notification_debug',
}

/**
 * Push subscription at request chat over REST (CS-040 ff., PUSH-020 ff.); over CometD, where device id and type are all
 * that asks for it, also at requestNotifications.
 */
export function readSubscription(
  request: ChatRequest,
  userData: Readonly<Record<string, string>>,
  options: OptionReader,
): Subscription {
  const names = request.comet ? overComet : overRest
  const deviceId = userData[names.deviceId] ?? ''
  const deviceType = userData[names.deviceType] ?? ''
  const isAskedFor = request.comet ? deviceId !== '' || deviceType !== '' : isTrue(userData.GCTI_Chat_PushSubscribe)
  if (!isAskedFor) return { kind: 'none' }
  if (!options.flag(settings, 'flex-push-enabled')) return { kind: 'refused', why: 'flex-push-enabled is false' }
  if (!request.comet && !options.flag(settings, 'flex-push-on-join'))
    return { kind: 'refused', why: 'flex-push-on-join is false' }
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
      provider: userData[names.provider],
      debug: isTrue(userData[names.debug]),
      // The option of the service may change at any time; the node adds it to each notice (PUSH-028, OPT-082).
      includePayload: ownPayload || isReliable,
      notifyRequestor: isTrue(userData.GCTI_GMS_NotifyRequestor),
      // A CometD key names its service (table of push section 2).
      clientChannel: request.comet ? request.service : userData.GCTI_GMS_ClientChannel,
      resend: isReliable ? quiet : undefined,
    },
    ...(wantsResend && !isReliable ? { warning: 'GCTI_GMS_PushResend without payload is ignored' } : {}),
  }
}

/** CV2-148: the parameters of the latest requestNotifications count. One without any leaves them as they are. */
export function replaceSubscription({ options, log }: Environment, session: Session, request: ChatRequest): void {
  const subscription = readSubscription(request, request.userData ?? {}, options)
  // Refused or not, an existing one goes on (CS-040).
  if (subscription.kind === 'refused') log(`push subscription refused: ${subscription.why}`, session)
  else if (subscription.kind === 'accepted') session.push = subscription.push
}

/** "true" in any case; everything else is false (CS-044). */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && (value === 'true' || value.toLowerCase() === 'true')
}
