import http from 'k6/http'
import { operations, type ShardOperation } from '../../protocol/stream/shard-stream.ts'
import { uploadBoundary } from '../load/file-request.ts'
import type { Post } from '../load/shard-settings.ts'

/** Path segment of each operation; a ping and a final refresh are refreshes (CS-130). */
const segments: Record<
  Exclude<ShardOperation, 'requestChat' | 'resume' | 'notification' | 'arrival' | 'loss'>,
  string
> = {
  send: 'send',
  refresh: 'refresh',
  finalRefresh: 'refresh',
  ping: 'refresh',
  disconnect: 'disconnect',
  startTyping: 'startTyping',
  stopTyping: 'stopTyping',
  fileGetLimits: 'limits',
  fileUpload: 'file',
  fileDownload: 'download',
}

/** Above any time that a working server takes, below every wait of the drain. */
export const requestTimeoutMs = 20_000

const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
const uploadHeaders = { 'Content-Type': `multipart/form-data; boundary=${uploadBoundary}` }

/** A fixed `name` tag: without it each chat id would be a time series of its own. k6 reads all of it for each request. */
const params = Object.fromEntries(
  operations.map(name => [
    name,
    { headers: name === 'fileUpload' ? uploadHeaders : headers, tags: { name }, timeout: requestTimeoutMs },
  ]),
) as Record<ShardOperation, object>

export function requestChatUrl(target: string, service: string): string {
  return `${target}/genesys/2/chat/${encodeURIComponent(service)}`
}

/** One callback instead of a chain of async functions: each of those costs a VU more than looking at the answer. */
export function createPost(now: () => number, failed: (message: string) => void): Post {
  const failure = (error: unknown) => failed(String((error as Error).stack ?? error))
  return (row, url, body, done) => {
    const { operation } = row
    const path = operation === 'requestChat' ? url : url + segments[operation as keyof typeof segments]
    const sentMs = now()
    row.sent = sentMs
    // k6 answers failed requests too (status 0); an exception of ours would close all sockets of the VU.
    http.asyncRequest('POST', path, body, params[operation]).then(response => {
      try {
        const resolvedMs = now()
        const { timings, status, body: text } = response
        // The queue of the event loop is our time, not the target's. With a new connection k6's sum is wrong, without
        // an answer it is 0.
        const onWireMs = sentMs + timings.blocked + timings.duration
        const isTimed = status !== 0 && onWireMs < resolvedMs && timings.connecting === 0
        row.status = status
        row.errorCode = response.error_code
        row.answered = isTimed ? onWireMs : resolvedMs
        done(row, typeof text === 'string' ? text : '')
      } catch (error) {
        failure(error)
      }
    }, failure)
  }
}
