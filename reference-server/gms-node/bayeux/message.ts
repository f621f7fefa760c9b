import { isLegalId } from './channel-name.ts'

/** A message as it came: an object with whatever members. */
export type BayeuxMessage = Record<string, unknown>

/** Of one request: each costs a reply, be it as short as `{}`. */
const mostMessages = 10_000

/** What a body or a frame holds: an array of messages or one message (BX-002). @returns undefined for everything else. */
export function readMessages(text: string): BayeuxMessage[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(value)) return isObject(value) ? [value] : undefined
  return value.length > 0 && value.length <= mostMessages && value.every(isObject) ? value : undefined
}

export function isObject(value: unknown): value is BayeuxMessage {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The `id` member of a reply, numbers as text (BX-030): `,"id":"7"`, or '' where none came. */
export function idMember({ id }: BayeuxMessage): string {
  if (typeof id === 'string') return isLegalId(id) ? `,"id":"${id}"` : `,"id":${JSON.stringify(id)}`
  return typeof id === 'number' ? `,"id":"${id}"` : ''
}

export function hasLegalId({ id }: BayeuxMessage): boolean {
  if (typeof id === 'string') return isLegalId(id)
  return id === undefined || id === null || typeof id === 'number'
}

/** A non-negative number of milliseconds in the client's advice; everything else counts as none (BX-164). */
export function advised({ advice }: BayeuxMessage, member: 'timeout' | 'interval'): number | undefined {
  const value = isObject(advice) ? advice[member] : undefined
  return typeof value === 'number' && value >= 0 ? Math.min(value, longestAdvisedMs) : undefined
}

/** Whoever asks for more would keep a session that nobody uses, for as long as it likes. */
const longestAdvisedMs = 600_000
