import type { ChatRequest } from '../messages.ts'
import { type Fields, field, userDataOf } from './form.ts'
import { type RequestError, requestErrors } from './request-error.ts'

/** What the node itself adds to request chat. */
export interface ServiceFacts {
  service: string
  /** The node's cluster (CS-051). */
  nodeGroup: string
  includePayload: boolean
}

/** The form of request chat as a request for a Chat Server, or why the node refuses it (table 3.2). */
export function startRequest(form: Fields, facts: ServiceFacts): ChatRequest | RequestError {
  const firstName = field(form, 'firstName')
  const lastName = field(form, 'lastName')
  const nickname = field(form, 'nickname') ?? fullName(firstName, lastName)
  if (nickname === undefined) return missingName(firstName, lastName)
  const emailAddress = field(form, 'emailAddress')
  if (emailAddress !== undefined && !/^[^\s@]+@[^\s@]+$/.test(emailAddress)) return requestErrors.invalidEmail

  const userData = userDataOf(form)
  // CV2-076: the names of the attached data differ from those of the form.
  const attach = (key: string, value: string | undefined) => {
    if (value !== undefined) userData[key] = value
  }
  attach('Subject', field(form, 'subject'))
  attach('FirstName', firstName)
  attach('LastName', lastName)
  attach('EmailAddress', emailAddress)
  return {
    operation: 'requestChat',
    service: facts.service,
    chatId: '',
    userId: '',
    secureKey: '',
    nickname,
    userData,
    nodeGroup: facts.nodeGroup,
    includePayload: facts.includePayload,
  }
}

/** CV2-072: one blank between the names. */
function fullName(firstName: string | undefined, lastName: string | undefined): string | undefined {
  return firstName !== undefined && lastName !== undefined ? `${firstName} ${lastName}` : undefined
}

/** CV2-036. */
function missingName(firstName: string | undefined, lastName: string | undefined): RequestError {
  if (firstName !== undefined) return requestErrors.lastNameRequired
  return lastName !== undefined ? requestErrors.firstNameRequired : requestErrors.nameRequired
}
