import http from 'k6/http'
import type { ShardOperation } from '../../protocol/stream/shard-stream.ts'
import type { RestAnswer } from '../load/answer.ts'

/** Path segment of each operation; a ping and a final refresh are refreshes (CS-130). */
const segments: Record<Exclude<ShardOperation, 'requestChat'>, string> = {
  send: 'send',
  refresh: 'refresh',
  finalRefresh: 'refresh',
  ping: 'refresh',
  disconnect: 'disconnect',
  startTyping: 'startTyping',
  stopTyping: 'stopTyping',
}

/** Above any time that a working server takes, below every wait of the drain. */
export const requestTimeoutMs = 20_000

const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
const paramsByName: Record<string, object> = {}

/** A fixed `name` tag: without it each chat id would be a time series of its own. */
function paramsOf(name: string): object {
  paramsByName[name] ??= { headers, tags: { name }, timeout: requestTimeoutMs, redirects: 0, responseType: 'text' }
  return paramsByName[name]
}

export function requestChatUrl(target: string, service: string): string {
  return `${target}/genesys/2/chat/${encodeURIComponent(service)}`
}

/**
 * One callback instead of a chain of async functions: each of those costs a VU more than looking at the answer.
 * @param url Of the service for request chat, of the chat and with a slash behind it for the others.
 */
export function post(
  operation: ShardOperation,
  url: string,
  body: string,
  context: { now(): number; failed(message: string): void },
  done: (answer: RestAnswer) => void,
): void {
  const { now } = context
  const path = operation === 'requestChat' ? url : url + segments[operation]
  const failed = (error: unknown) => context.failed(`${operation}: ${(error as Error).stack ?? error}`)
  const sentMs = now()
  // k6 answers failed requests too (status 0); an exception of ours would close all sockets of the VU.
  http.asyncRequest('POST', path, body, paramsOf(operation)).then(response => {
    try {
      const resolvedMs = now()
      const { timings } = response
      // The queue of the event loop is our time, not the target's. With a new connection k6's sum is wrong.
      const onWireMs = sentMs + timings.blocked + timings.duration
      const answeredMs = timings.connecting === 0 && onWireMs < resolvedMs ? onWireMs : resolvedMs
      const text = typeof response.body === 'string' ? response.body : ''
      done({ status: response.status, errorCode: response.error_code, body: text, sentMs, answeredMs })
    } catch (error) {
      failed(error)
    }
  }, failed)
}
