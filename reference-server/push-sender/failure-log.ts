import type { Log } from '../log.ts'
import type { PushNotice } from '../messages.ts'
import { knownDeviceTypes } from './device-types.ts'

/** What the node writes about notices that did not reach the HTTP server (PUSH-080 ff.). */
export interface FailureLog {
  /** PUSH-001, PUSH-026: only enabled types are delivered; an unknown one is said once. */
  isDeliverable(notice: PushNotice): boolean
  noTarget(notice: PushNotice, reason: string): void
  /** `status` 0 = no answer, `failure` says why. */
  post(notice: PushNotice, status: number, failure: string, durationMs: number): void
}

const mostTypesSaid = 100

export function createFailureLog(log: Log, enabledTypes: ReadonlySet<string>): FailureLog {
  const saidTypes = new Set<string>()
  const saidReasons = new Set<string>()

  /** PUSH-082: once for each lost notification, repetitions of reliable pushes included. */
  const lost = (notice: PushNotice, reason: string, fields: Record<string, string | number>) =>
    log.warn(
      `DC Chat Server Persistent Listener: Event ${notice.index} was not (${reason}) pushed for delivery to customhttp for device ${notice.deviceId}`,
      { id: 'Dbg 09900', logger: 'com.genesyslab.PCT.invoker.default', device: notice.deviceId, ...fields },
    )

  return {
    isDeliverable({ deviceType }) {
      if (deviceType === 'customhttp' && enabledTypes.has('customhttp')) return true
      if (!saidTypes.has(deviceType) && saidTypes.size < mostTypesSaid) {
        saidTypes.add(deviceType)
        if (!knownDeviceTypes.has(deviceType)) log.warn('unknown push device type', { deviceType })
        else if (!enabledTypes.has(deviceType)) log.info('push type is not in pushEnabled', { deviceType })
        else log.warn('push type is not delivered by this version', { deviceType })
      }
      return false
    },
    noTarget(notice, reason) {
      if (!saidReasons.has(reason) && saidReasons.size < mostTypesSaid) {
        saidReasons.add(reason)
        log.error('customhttp push has no target', { reason })
      }
      lost(notice, reason, {})
    },
    post(notice, status, failure, durationMs) {
      lost(notice, status === 0 ? failure : `status ${status}`, { status, durationMs: Math.round(durationMs) })
    },
  }
}
