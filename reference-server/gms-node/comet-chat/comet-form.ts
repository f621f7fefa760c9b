import type { ChatOperation } from '../../messages.ts'
import { type RequestError, requestErrors } from '../request-error.ts'

export type CometData = Record<string, unknown>

const position = 'transcriptPosition'
const data = 'userData'

/** What each operation takes beside its key (table 7.2). Everything else is an unknown member, whatever it holds. */
const membersOf: Partial<Record<ChatOperation, readonly string[]>> = {
  requestChat: ['nickname', 'firstName', 'lastName', 'subject', 'emailAddress', data],
  refresh: [position, data],
  send: ['message', 'messageType'],
  readReceipt: [position],
  startTyping: ['message'],
  stopTyping: ['message'],
  pushUrl: ['pushUrl'],
  updateNickname: ['nickname'],
  customNotice: ['message'],
  updateData: [data],
}

/**
 * The members of an operation as the form of the REST call that does the same, so that one condition has one code in both
 * (CV2-154). `userData` may be an object or a text that holds one (CV2-136); its values become texts (OQ-14).
 */
export function formOf(operation: ChatOperation, given: CometData): Map<string, string> | RequestError {
  const form = new Map<string, string>()
  for (const name of membersOf[operation] ?? []) {
    const value = given[name]
    if (value === undefined || value === null) continue
    if (name === data) {
      if (!addUserData(form, value)) return requestErrors.invalidUserData
    } else if (typeof value === 'string') form.set(name, value)
    else if (typeof value !== 'object') form.set(name, String(value))
    // What cannot be a position must not read as none (CV2-130).
    else if (name === position) form.set(name, 'none')
    else return requestErrors.noText(name)
  }
  return form
}

/** @returns false when it holds none. */
function addUserData(form: Map<string, string>, userData: unknown): boolean {
  if (userData === '') return true
  const pairs = typeof userData === 'string' ? parsed(userData) : userData
  if (!isObject(pairs)) return false
  for (const [key, value] of Object.entries(pairs))
    form.set(`userData[${key}]`, typeof value === 'string' ? value : JSON.stringify(value))
  return true
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
