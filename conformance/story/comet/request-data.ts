import { type ChatWish, chatForm } from '../chat-form.ts'

export interface ChatRequestData {
  operation: 'requestChat'
  userData?: Record<string, string>
  [member: string]: unknown
}

/** CometD has names of its own for the device, which subscribe by themselves (PUSH-020). */
const ownNames: Readonly<Record<string, string>> = {
  GCTI_GMS_PushDeviceId: 'push_notification_deviceid',
  GCTI_GMS_PushDeviceType: 'push_notification_type',
}

/** requestChat as the documentation of CometD shows it: the members of the REST form, with user data as an object. */
export function requestChatData(
  { auth, ...wish }: ChatWish & { auth?: Readonly<Record<string, string>> },
  deviceId: string,
): ChatRequestData {
  const data: Record<string, string> = {}
  const members: Record<string, string> = {}
  for (const [field, value] of Object.entries(chatForm(wish, deviceId))) {
    if (value === undefined) continue
    const [, key] = /^userData\[(.*)\]$/.exec(field) ?? []
    if (key === undefined) members[field] = value
    else if (key !== 'GCTI_Chat_PushSubscribe') data[ownNames[key] ?? key] = value
  }
  const userData = Object.keys(data).length > 0 ? { userData: data } : {}
  return { operation: 'requestChat', ...members, ...userData, ...(auth === undefined ? {} : { auth }) }
}
