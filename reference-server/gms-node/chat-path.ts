import type { FileOperation } from '../messages.ts'
import { operationBySegment } from './chat-request.ts'
import type { NodeOptions } from './node-options.ts'
import { type RequestError, requestErrors } from './request-error.ts'

export const chatBase = '/genesys/2/chat'
/** Of CometD chats (gms-chat-v2 8.1). */
export const fileEndpoint = '/genesys/2/chat-ntf'

/**
 * Why a request that no chat route took is refused, in the order of the matrix 4.5: service, operation, method. Called
 * only for what went wrong, so its cost does not matter.
 */
export function refusedPath(method: string, url: string, options: NodeOptions): RequestError | undefined {
  const path = url.split('?', 1)[0]!
  if (path.replace(/\/$/, '') === fileEndpoint) return method === 'POST' ? undefined : requestErrors.wrongMethod
  if (path !== chatBase && !path.startsWith(`${chatBase}/`)) return requestErrors.unknownOperation
  const segments = path
    .slice(chatBase.length + 1)
    .replace(/\/$/, '')
    .split('/')
    .map(decoded)
  const [service, chatId, operation, ...more] = segments
  if (!service || !options.hasService(service)) return requestErrors.unknownService
  const isRequestChat = segments.length === 1
  const isOperation = Boolean(chatId) && operationBySegment.has(operation ?? '') && more.length === 0
  const isFileCall = Boolean(chatId) && operation === 'file' && fileOperationOf(more) !== undefined
  if (!isRequestChat && !isOperation && !isFileCall) return requestErrors.unknownOperation
  return method === 'POST' ? undefined : requestErrors.wrongMethod
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** `requestChat`, `send`, `fileUpload` …; '' = no path of the chat API. */
export function operationOf(url: string): string {
  const path = url.split('?', 1)[0]!
  if (!path.startsWith(`${chatBase}/`)) return ''
  const [, chatId, operation, ...more] = path.slice(chatBase.length + 1).split('/')
  if (operation === 'file') return fileOperationOf(more) ?? ''
  return chatId ? (operation ?? '') : 'requestChat'
}

/** By what follows `/file`. */
function fileOperationOf(segments: readonly string[]): FileOperation | undefined {
  const [first, last, ...more] = segments
  if (first === undefined) return 'fileUpload'
  if (last === undefined) return first === 'limits' ? 'fileGetLimits' : undefined
  if (first === '' || more.length > 0) return undefined
  return last === 'download' ? 'fileDownload' : last === 'delete' ? 'fileDelete' : undefined
}
