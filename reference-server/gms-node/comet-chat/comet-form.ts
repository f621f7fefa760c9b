import { type RequestError, requestErrors } from '../request-error.ts'

export type CometData = Record<string, unknown>

const members = [
  'nickname',
  'firstName',
  'lastName',
  'subject',
  'emailAddress',
  'message',
  'messageType',
  'pushUrl',
  'transcriptPosition',
]

/**
 * The members of an operation as the form of the REST call that does the same, so that one condition has one code in both
 * (CV2-154). `userData` may be an object or a text that holds one (CV2-136); its values become texts (OQ-14).
 */
export function formOf(data: CometData): Map<string, string> | RequestError {
  const form = new Map<string, string>()
  for (const name of members) {
    const value = data[name]
    if (typeof value === 'string') form.set(name, value)
    else if (typeof value === 'number' || typeof value === 'boolean') form.set(name, String(value))
    // What cannot be a position must not read as none (CV2-130).
    else if (name === 'transcriptPosition' && value !== undefined && value !== null) form.set(name, 'none')
  }
  const { userData } = data
  if (userData === undefined || userData === null || userData === '') return form
  const pairs = typeof userData === 'string' ? parsed(userData) : userData
  if (!isObject(pairs)) return requestErrors.invalidUserData
  for (const [key, value] of Object.entries(pairs))
    form.set(`userData[${key}]`, typeof value === 'string' ? value : JSON.stringify(value))
  return form
}

export function isObject(value: unknown): value is CometData {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
