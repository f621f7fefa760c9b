import type { PushMode } from '../../protocol/push/mode.ts'

/** What a customer says when asking for a chat. Without any name it is Ann Bee. */
export interface ChatWish {
  nickname?: string
  firstName?: string
  lastName?: string
  subject?: string
  emailAddress?: string
  userData?: Readonly<Record<string, string>>
  /** GCTI_Chat_AsyncMode. */
  async?: boolean
  /** Subscribes to customhttp pushes of this body mode, under a device id of its own. */
  push?: PushMode
  /** The body mode that comes of it where an option changes that (PUSH-028). */
  pushedAs?: PushMode
  /** GCTI_GMS_NotifyRequestor: own activity is pushed too. */
  ownActivity?: boolean
  /** Instead of one made for the session. */
  deviceId?: string
}

export type Fields = Readonly<Record<string, string | undefined>>

/** Form fields of request chat, in the order of the documentation. */
export function chatForm(wish: ChatWish, deviceId: string): Fields {
  const { nickname, firstName, lastName, subject, emailAddress } = wish
  const isNamed = nickname !== undefined || firstName !== undefined || lastName !== undefined
  const names = isNamed ? { nickname, firstName, lastName } : { firstName: 'Ann', lastName: 'Bee' }
  const data = {
    ...(wish.async ? { GCTI_Chat_AsyncMode: 'true' } : {}),
    ...pushData(wish, deviceId),
    ...wish.userData,
  }
  return {
    ...names,
    subject,
    emailAddress,
    ...Object.fromEntries(Object.entries(data).map(([key, value]) => [`userData[${key}]`, value])),
  }
}

function pushData({ push, ownActivity, deviceId: own }: ChatWish, deviceId: string): Record<string, string> {
  if (push === undefined) return {}
  return {
    GCTI_Chat_PushSubscribe: 'true',
    GCTI_GMS_PushDeviceId: own ?? deviceId,
    GCTI_GMS_PushDeviceType: 'customhttp',
    ...(push === 'device-id' ? {} : { GCTI_GMS_PushIncludePayload: 'true' }),
    ...(push === 'reliable' ? { GCTI_GMS_PushResend: 'true' } : {}),
    ...(ownActivity ? { GCTI_GMS_NotifyRequestor: 'true' } : {}),
  }
}

/** `undefined` leaves a field out. */
export function formBody(fields: Fields): string {
  const given = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return new URLSearchParams(given).toString()
}

/** The same as `multipart/form-data`, for `customer.http`. */
export function multipart(fields: Fields): { headers: Record<string, string>; body: string } {
  const boundary = 'chatgauge-part'
  const parts = Object.entries(fields)
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return { headers, body: `${parts.join('')}--${boundary}--\r\n` }
}
