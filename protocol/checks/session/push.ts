import { readDeviceId } from '../../device-id.ts'
import type { PushedMessage, PushNotification } from '../../push/notification.ts'
import type { ObservedPush } from '../../stream/observation.ts'
import { type Violation, violation } from '../../violation.ts'
import { seeEvent } from './event.ts'
import { type Timed, watchNotice } from './notice.ts'
import { raiseFloor } from './positions.ts'
import type { SessionState } from './state.ts'

export interface WatchedPush extends Timed {
  mode: ObservedPush['mode']
  push: PushNotification
  /** Path segment of the GMS node; order is promised within one (PUSH-035, OQ-33). */
  lane?: string
}

export interface PushFindings {
  violations: Violation[]
  /** Body B: the event was pushed before. */
  duplicate: boolean
  /** Body B: an event with a higher index was pushed before. */
  outOfOrder: boolean
  /** Not of this session, or of a session that asked for no pushes. */
  foreign: boolean
  /** Body C: attempt above 0. */
  repeated: boolean
}

export function watchPush(state: SessionState, seen: WatchedPush): PushFindings {
  const findings: PushFindings = {
    violations: [],
    duplicate: false,
    outOfOrder: false,
    foreign: false,
    repeated: false,
  }
  const { violations } = findings
  const { options } = state
  const device = readDeviceId(seen.push.deviceId)
  if (device?.run !== options.run || device.shard !== options.shard || device.session !== options.session) {
    const expected = `cg-${options.run}-${options.shard}-${options.session}`
    violations.push(
      violation('PUSH-022', 'The device id is not that of the session', seen.push.deviceId, expected, '/deviceId'),
    )
    return { ...findings, foreign: true }
  }
  const wrongForm = checkForm(state, seen)
  if (wrongForm) return { ...findings, violations: [wrongForm], foreign: options.mode === 'off' }
  const { message } = seen.push
  if (seen.mode === 'advice' || seen.mode === 'refused' || message === undefined || typeof message === 'string')
    return findings
  if (seen.mode === 'reliable') {
    findings.repeated = Number(message.messages[0].userData?.['notify-attempt']) > 0
    violations.push(...watchNotice(state, message, seen))
  } else watchEvent(state, message, seen, findings)
  // What a push tells was assigned when it arrived; the other clock may be ahead.
  if (!findings.foreign) raiseFloor(state.floors, seen.receivedMs + state.options.clockBoundMs(), message.nextPosition)
  return findings
}

/** The body is of the form that was subscribed; the shutdown advice has its own, in all but device-id mode (OQ-37). */
function checkForm({ options }: SessionState, { mode }: WatchedPush): Violation | undefined {
  if (
    mode === options.mode ||
    mode === 'refused' ||
    (mode === 'advice' && options.mode !== 'off' && options.mode !== 'device-id')
  )
    return undefined
  const rule = { off: 'PUSH-021', 'device-id': 'PUSH-042', payload: 'PUSH-043', reliable: 'PUSH-051' }[options.mode]
  return violation(rule, `The push is not of the form that the session subscribed to`, mode, options.mode, '/message')
}

function watchEvent(state: SessionState, message: PushedMessage, seen: WatchedPush, findings: PushFindings): void {
  const at = '/message/messages/0'
  const event = message.messages[0]
  const { violations } = findings
  const checked = seeEvent(state, event, 'push', at)
  violations.push(...checked.violations)
  if (checked.foreign) {
    findings.foreign = true
    return
  }
  if (checked.wasPushed) {
    findings.duplicate = true
    violations.push(
      violation('CS-072', `Event ${event.index} was pushed twice`, event.index, 'one push an event', `${at}/index`),
    )
    return
  }
  if (seen.lane !== state.lane) {
    // Another node took the session over: what the first one still held may come later (CS-050, PUSH-035).
    state.lane = seen.lane ?? ''
    state.lastPushed = -1
  }
  if (event.index < state.lastPushed) {
    findings.outOfOrder = true
    const what = 'Pushes of one session are not in index order'
    violations.push(violation('PUSH-035', what, event.index, `an index above ${state.lastPushed}`, `${at}/index`))
  }
  if (event.index > state.finishedAt) {
    const what = 'A push came after the one that said the session is finished'
    violations.push(violation('CV2-145', what, event.index, 'nothing after chatEnded true', `${at}/index`))
  }
  state.lastPushed = Math.max(state.lastPushed, event.index)
  if (message.chatEnded) state.finishedAt = Math.min(state.finishedAt, event.index)
  if (message.nextPosition <= event.index) {
    const expected = `at least ${event.index + 1}`
    violations.push(
      violation(
        'CV2-087',
        'nextPosition is not above the index of the event',
        message.nextPosition,
        expected,
        '/message/nextPosition',
      ),
    )
  }
  // The client's own leave may be another's doing, so only what it did itself counts as own activity.
  if (!state.options.notifyRequestor && event.from.participantId === 1 && event.type !== 'ParticipantLeft') {
    const what = "The customer's own activity was pushed without GCTI_GMS_NotifyRequestor"
    violations.push(violation('PUSH-023', what, event.type, 'activity of others only', `${at}/from`))
  }
}
