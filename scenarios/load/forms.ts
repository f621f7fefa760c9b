import { agentClosesAtUserData, sessionUserData } from '../../protocol/device-id.ts'
import type { SessionMode } from './mode-mix.ts'
import type { Session } from './session.ts'

/** k6 has no URLSearchParams. */
export function form(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
}

/** Body of request chat: an asynchronous chat with a push subscription over REST (CS-020, PUSH-021 to PUSH-025). */
export function requestChatForm(session: Session, notifyRequestor: boolean): string {
  const fields: Record<string, string> = { firstName: 'Load', lastName: session.deviceId, subject: 'chatgauge' }
  for (const [name, value] of Object.entries(userDataOf(session, notifyRequestor))) fields[`userData[${name}]`] = value
  return form(fields)
}

function userDataOf(session: Session, notifyRequestor: boolean): Record<string, string> {
  const overRest = {
    GCTI_Chat_PushSubscribe: 'true',
    GCTI_GMS_PushDeviceId: session.deviceId,
    GCTI_GMS_PushDeviceType: 'customhttp',
  }
  return { ...chatUserData(session), ...pushUserData(session.plan.mode, notifyRequestor, overRest) }
}

/** Of every chat, pushed or not. */
export function chatUserData({ plan: { endsBy, endsMs }, deviceId }: Session): Record<string, string> {
  return {
    GCTI_Chat_AsyncMode: 'true',
    [sessionUserData]: deviceId,
    ...(endsBy === 'agent' && { [agentClosesAtUserData]: String(Math.round(endsMs)) }),
  }
}

/** Over CometD other names ask for pushes (PUSH-020), the same ones say which. */
export function cometPushUserData({ plan, deviceId }: Session, notifyRequestor: boolean): Record<string, string> {
  const overComet = { push_notification_deviceid: deviceId, push_notification_type: 'customhttp' }
  return pushUserData(plan.mode, notifyRequestor, overComet)
}

function pushUserData(
  mode: SessionMode,
  notifyRequestor: boolean,
  subscription: Record<string, string>,
): Record<string, string> {
  if (mode === 'off') return {}
  return {
    ...subscription,
    ...(mode !== 'device-id' && { GCTI_GMS_PushIncludePayload: 'true' }),
    ...(mode === 'reliable' && { GCTI_GMS_PushResend: 'true' }),
    ...(notifyRequestor && { GCTI_GMS_NotifyRequestor: 'true' }),
  }
}
