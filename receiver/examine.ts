import { checkPush } from '../protocol/checks/shape.ts'
import { type DeviceId, readDeviceId } from '../protocol/device-id.ts'
import type { PushedMessage } from '../protocol/push/notification.ts'
import type { ObservedPush } from '../protocol/stream/observation.ts'
import type { Trigger } from '../protocol/stream/trigger.ts'
import { violation } from '../protocol/violation.ts'
import type { TakenPost } from './intake.ts'

export interface Examined {
  observed: ObservedPush
  /** Absent when the device is not one of a chatgauge run. */
  device?: DeviceId
  trigger?: Trigger
}

/** What of a refused body is kept. */
const refusedBodyLength = 64 * 1024

/** Validates a POST and finds out whom it wakes; runs after the answer. */
export function examine(post: TakenPost, now: () => number): Examined {
  const { answered, lane, inFlight, body, heldMs, refusal } = post
  // In whole microseconds, so that shard and collector are told the same instant.
  const received = Math.round(post.received * 1000) / 1000
  if (refusal !== undefined) {
    const violations = [violation('PUSH-040', `Refused: ${refusal}`, body.slice(0, 500), 'a notification')]
    const kept = body.slice(0, refusedBodyLength)
    return {
      observed: { received, answered, validated: now(), lane, inFlight, mode: 'refused', body: kept, violations },
    }
  }
  const { mode, violations, push } = checkPush(body)
  const observed = { received, answered, validated: now(), lane, inFlight, mode, body, violations }
  const device = push && readDeviceId(push.deviceId)
  if (!push || !device) return { observed }
  return { observed, device, trigger: { ...triggerOf(device.session, received, push.message), heldMs } }
}

/** Also from a body with broken rules: it was a sign of life, and the refresh shows what is true. */
function triggerOf(
  session: number,
  receivedMs: number,
  message: PushedMessage | string | undefined,
): Omit<Trigger, 'heldMs'> {
  const said = message !== null && typeof message === 'object' ? (message as Partial<PushedMessage>) : undefined
  const nextPosition = Number.isSafeInteger(said?.nextPosition) ? said!.nextPosition! : -1
  const events = said?.messages
  const userData = Array.isArray(events) ? events[0]?.userData : undefined
  return {
    session,
    receivedMs,
    nextPosition,
    ended: said?.chatEnded === true || userData?.['notify-position'] === '-1',
  }
}
