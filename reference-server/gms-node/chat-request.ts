import { type ChatOperation, type ChatRequest, chatOperations } from '../messages.ts'
import { type Fields, field, userDataOf } from './form.ts'
import { type RequestError, requestErrors } from './request-error.ts'

/** Operations by path segment (table 3.1); request chat has none. */
export const operationBySegment: ReadonlyMap<string, ChatOperation> = new Map(
  chatOperations.filter(operation => operation !== 'requestChat').map(operation => [operation, operation]),
)

/** A form post of a running session as a request for its Chat Server, or why the node refuses it. */
export function sessionRequest(
  operation: ChatOperation,
  service: string,
  chatId: string,
  form: Fields,
  maxMessageBytes: number,
): ChatRequest | RequestError {
  const secureKey = field(form, 'secureKey')
  if (secureKey === undefined) return requestErrors.missingField('secureKey')
  const userId = field(form, 'userId')
  if (userId === undefined) return requestErrors.missingField('userId')
  // The value is only a hint (CV2-106), yet every REST client has to send one.
  if (field(form, 'alias') === undefined) return requestErrors.missingField('alias')

  const request: ChatRequest = { operation, service, chatId, userId, secureKey }
  if (operation !== 'disconnect') {
    const position = field(form, 'transcriptPosition')
    if (position !== undefined) {
      const parsed = readPosition(position)
      if (parsed === undefined) return requestErrors.invalidPosition
      request.transcriptPosition = parsed
    } else if (operation === 'readReceipt') return requestErrors.missingField('transcriptPosition')
  }
  return withContent(request, form, maxMessageBytes)
}

function withContent(request: ChatRequest, form: Fields, maxMessageBytes: number): ChatRequest | RequestError {
  switch (request.operation) {
    case 'send':
    case 'startTyping':
    case 'stopTyping':
    case 'customNotice': {
      const message = field(form, 'message')
      if (message !== undefined) {
        // UTF-8 has at most three bytes per UTF-16 unit, so most messages need no count.
        if (message.length * 3 > maxMessageBytes && Buffer.byteLength(message) > maxMessageBytes)
          return requestErrors.messageTooLong
        request.message = message
      } else if (request.operation === 'send') return requestErrors.missingField('message')
      const messageType = request.operation === 'send' ? field(form, 'messageType') : undefined
      if (messageType !== undefined) request.messageType = messageType
      return request
    }
    case 'pushUrl': {
      const url = field(form, 'pushUrl')
      if (url === undefined) return requestErrors.missingField('pushUrl')
      request.pushUrl = url
      return request
    }
    case 'updateNickname': {
      const nickname = field(form, 'nickname')
      if (nickname === undefined) return requestErrors.missingField('nickname')
      request.nickname = nickname
      return request
    }
    case 'updateData':
      request.userData = userDataOf(form)
      return request
    default:
      return request
  }
}

/** CV2-089: digits, blanks around them allowed. A number beyond all positions is a position beyond the end. */
function readPosition(text: string): number | undefined {
  const digits = text.trim()
  return /^\d+$/.test(digits) ? Math.min(Number(digits), Number.MAX_SAFE_INTEGER) : undefined
}
