// What the user data of request chat says about pushes, as far as the settings let it.
import { randomBytes } from 'node:crypto'
import type { Settings } from './settings.ts'

export type Subscription = {
  deviceId: string
  debug: boolean
  provider: string | undefined
  payload: boolean
  ownActivity: boolean
  resend: boolean
  /** The CometD key of the push's envelope; REST clients must ignore it. */
  envelopeKey: string
  /** The first index the customer has not fetched yet. */
  unfetched: number
  timer: NodeJS.Timeout | undefined
}

export function subscriptionOf(userData: ReadonlyMap<string, string>, settings: Settings): Subscription | undefined {
  if (!settings.notificationMode || !settings.pushEnabled.includes('customhttp')) return undefined
  if (!settings.flexPushEnabled || !settings.flexPushOnJoin) return undefined
  const word = (key: string): string | undefined => userData.get(key)?.toLowerCase()
  const yes = (key: string): boolean => word(key) === 'true'
  const deviceId = userData.get('GCTI_GMS_PushDeviceId')
  if (!deviceId || !yes('GCTI_Chat_PushSubscribe')) return undefined
  if (word('GCTI_GMS_PushDeviceType') !== 'customhttp') return undefined
  return {
    deviceId,
    debug: yes('GCTI_GMS_PushDebug'),
    provider: userData.get('GCTI_GMS_PushProvider') || undefined,
    // The customer's word, else the service's option.
    payload: userData.has('GCTI_GMS_PushIncludePayload') ? yes('GCTI_GMS_PushIncludePayload') : settings.includePayload,
    ownActivity: yes('GCTI_GMS_NotifyRequestor'),
    resend: yes('GCTI_GMS_PushResend'),
    envelopeKey: randomBytes(42).toString('base64'),
    unfetched: 1,
    timer: undefined,
  }
}

/** Where this subscription's pushes go; undefined: its provider has no such URL, nothing is sent. */
export function urlOf({ provider, debug }: Subscription, settings: Settings): string | undefined {
  const from = provider === undefined ? settings : settings.providers.get(provider)
  return debug ? from?.debugPushUrl : from?.pushUrl
}
