import { type ChatWish, chatForm } from '../chat-form.ts'

export interface ChatRequestData {
  operation: 'requestChat'
  userData?: Record<string, string>
  [member: string]: unknown
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
    else data[key] = value
  }
  const userData = Object.keys(data).length > 0 ? { userData: data } : {}
  return { operation: 'requestChat', ...members, ...userData, ...(auth === undefined ? {} : { auth }) }
}
