import { agentClosesAtUserData, sessionUserData } from '../../protocol/device-id.ts'
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

export function userDataOf(session: Session, notifyRequestor: boolean): Record<string, string> {
  const { mode, endsBy, endsMs } = session.plan
  const userData: Record<string, string> = { GCTI_Chat_AsyncMode: 'true', [sessionUserData]: session.deviceId }
  if (endsBy === 'agent') userData[agentClosesAtUserData] = String(Math.round(endsMs))
  if (mode !== 'off') {
    userData.GCTI_Chat_PushSubscribe = 'true'
    userData.GCTI_GMS_PushDeviceId = session.deviceId
    userData.GCTI_GMS_PushDeviceType = 'customhttp'
    if (mode !== 'device-id') userData.GCTI_GMS_PushIncludePayload = 'true'
    if (mode === 'reliable') userData.GCTI_GMS_PushResend = 'true'
    if (notifyRequestor) userData.GCTI_GMS_NotifyRequestor = 'true'
  }
  return userData
}
