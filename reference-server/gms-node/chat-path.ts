import { operationBySegment } from './chat-request.ts'
import type { NodeOptions } from './node-options.ts'
import { type RequestError, requestErrors } from './request-error.ts'

export const chatBase = '/genesys/2/chat'

/**
 * Why a request that no chat route took is refused, in the order of the matrix 4.5: service, operation, method. Called
 * only for what went wrong, so its cost does not matter.
 */
export function refusedPath(method: string, url: string, options: NodeOptions): RequestError | undefined {
  const path = url.split('?', 1)[0]!
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
  if (!isRequestChat && !isOperation) return requestErrors.unknownOperation
  return method === 'POST' ? undefined : requestErrors.wrongMethod
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** `requestChat`, `send` …; '' = no path of the chat API. */
export function operationOf(url: string): string {
  const path = url.split('?', 1)[0]!
  if (!path.startsWith(`${chatBase}/`)) return ''
  const [, chatId, operation] = path.slice(chatBase.length + 1).split('/')
  return chatId ? (operation ?? '') : 'requestChat'
}
