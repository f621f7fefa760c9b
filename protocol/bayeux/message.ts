/** Ways to carry Bayeux messages, as `supportedConnectionTypes` names them. */
export const transports = ['websocket', 'long-polling', 'callback-polling'] as const
export type Transport = (typeof transports)[number]

export interface Advice {
  reconnect?: 'retry' | 'handshake' | 'none'
  /** ms between the answer to a connect and the next one; below 0 = none follows. */
  interval?: number
  /** ms for which the server holds a connect. */
  timeout?: number
  /** ms after which the server drops a session that does not connect; an extension of CometD. */
  maxInterval?: number
  /** Another session of the same browser polls already. */
  'multiple-clients'?: boolean
}

/** A message of either direction; which members it has depends on its channel. */
export interface BayeuxMessage {
  channel?: string
  /** Servers echo it as a text. */
  id?: string
  clientId?: string
  version?: string
  minimumVersion?: string
  supportedConnectionTypes?: readonly string[]
  connectionType?: string
  subscription?: string | readonly string[]
  successful?: boolean
  error?: string
  advice?: Advice
  data?: unknown
  ext?: Record<string, unknown>
  [member: string]: unknown
}

/** Members are what a peer made of them: none is trusted to have its type. */
export function isMeta(channel: unknown): boolean {
  return typeof channel === 'string' && channel.startsWith('/meta/')
}

/** On a channel of the application a message without `successful` is an event, one with it the answer to a publish. */
export function isEvent({ channel, successful }: BayeuxMessage): boolean {
  return typeof channel === 'string' && successful === undefined && !isMeta(channel)
}

/** The session is gone: CometD says 402 on any channel, and with an advice only on handshake and connect. */
export function isUnknownSession(message: BayeuxMessage): boolean {
  if (message.successful !== false) return false
  return message.advice?.reconnect === 'handshake' || errorOf(message).startsWith('402:')
}

export function errorOf({ error }: BayeuxMessage): string {
  return typeof error === 'string' ? error.slice(0, 200) : 'no error is given'
}

/** @returns undefined when it is no array of objects, nor one object. */
export function parseMessages(text: string): BayeuxMessage[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const list = Array.isArray(value) ? value : [value]
  return list.every(each => each !== null && typeof each === 'object' && !Array.isArray(each)) ? list : undefined
}

/** What stands in the brackets of a callback-polling answer: `cb([…])`, as Faye sends it with a comment and a semicolon. */
export function parseCallback(text: string, callback: string): BayeuxMessage[] | undefined {
  const body = text.replace(/^\/\*\*\//, '').trim()
  if (!body.startsWith(`${callback}(`)) return undefined
  const end = body.lastIndexOf(')')
  return parseMessages(body.slice(callback.length + 1, end))
}
