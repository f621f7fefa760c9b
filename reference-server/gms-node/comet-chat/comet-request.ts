import type { ChatOperation, ChatRequest } from '../../messages.ts'
import { sessionRequest } from '../chat-request.ts'
import type { ReadToken } from '../cometd-token.ts'
import { userDataOf } from '../form.ts'
import type { Credentials, NodeOptions } from '../node-options.ts'
import { isRequestError, type RequestError, requestErrors } from '../request-error.ts'
import { startRequest } from '../start-request.ts'
import { type CometData, formOf, isObject } from './comet-form.ts'
import { cometOperations } from './comet-operation.ts'

export interface CometRequestParts {
  options: NodeOptions
  /** CS-051. */
  cluster: string
  readToken: ReadToken
}

/** An operation that is well-formed but names no chat of this cluster: fatal, without asking anybody (CV2-150, CV2-152). */
export interface NoChat {
  kind: 'no chat'
  operation: ChatOperation
}

/** What was published as a request for a Chat Server, or why it is none. */
export function readRequest(
  data: unknown,
  service: string,
  parts: CometRequestParts,
): ChatRequest | RequestError | NoChat {
  const { options } = parts
  if (!options.hasService(service)) return requestErrors.unknownService
  const operation = isObject(data) ? cometOperations.get(data.operation) : undefined
  if (!isObject(data) || !operation) return requestErrors.unknownOperation
  return operation === 'requestChat' ? readStart(data, service, parts) : readOther(operation, data, service, parts)
}

function readStart(data: CometData, service: string, { options, cluster }: CometRequestParts) {
  const credentials = options.credentials(service)
  // CV2-140: asked for here and never again.
  if (credentials && !isAuthorized(data.auth, credentials)) return requestErrors.unauthorized
  const form = formOf('requestChat', data)
  if (isRequestError(form)) return form
  return startRequest(form, { service, nodeGroup: cluster, includePayload: options.includePayload(service) })
}

function readOther(operation: ChatOperation, data: CometData, service: string, parts: CometRequestParts) {
  if (typeof data.secureKey !== 'string' || data.secureKey === '') return requestErrors.missingField('secureKey')
  const form = formOf(operation, data)
  if (isRequestError(form)) return form
  const token = parts.readToken(data.secureKey)
  // The other ids are not looked at (CV2-123, CV2-124); REST asks for them.
  form.set('secureKey', token?.secureKey ?? 'none')
  form.set('userId', 'deprecated')
  form.set('alias', '0')
  const request = sessionRequest(operation, service, token?.chatId ?? '', form, parts.options.maxMessageBytes())
  if (isRequestError(request)) return request
  // CV2-128: a token that names its service is good there only; of others the Chat Server knows.
  if (!token || (token.service !== '' && token.service !== service)) return { kind: 'no chat' as const, operation }
  request.userId = ''
  if (operation === 'refresh') {
    // OQ-05: 0 and none are all events, unlike REST.
    request.transcriptPosition = Math.max(1, request.transcriptPosition ?? 1)
    request.userData = userDataOf(form)
    request.includePayload = parts.options.includePayload(service)
  }
  return request
}

/** In the open (CV2-137) or encoded like HTTP Basic (CV2-138). */
function isAuthorized(auth: unknown, expected: Credentials): boolean {
  if (!isObject(auth)) return false
  const pair = `${expected.username}:${expected.password}`
  if (typeof auth.encoded === 'string') return Buffer.from(auth.encoded, 'base64').toString() === pair
  return auth.username === expected.username && auth.password === expected.password
}
