import type { CheckedAnswer } from '../protocol/checks/shape.ts'
import type { ShardRow } from '../protocol/stream/shard-stream.ts'

/** k6's error code of a request that got no answer within its timeout. */
export const timedOut = 1050

/** k6's error codes by the hundred (docs of k6, "error codes"). */
const noAnswer: Readonly<Record<number, string>> = {
  10: 'no answer',
  11: 'name not resolved',
  12: 'no connection',
  13: 'TLS failed',
  14: 'no answer',
  15: 'no answer',
  16: 'HTTP/2 failed',
}

/** Over CometD: k6 has no code for it, since the connection is nobody's request. */
export const connectionLost = 'connection lost, or refused by its server'

/** How a request failed, the same words for the same kind: 'HTTP 503', 'statusCode 2, error 247', 'timeout'. */
export function failureOutcome({ status, errorCode }: ShardRow, { kind, answer }: CheckedAnswer): string {
  if (status === 0) {
    if (errorCode === timedOut) return 'timeout'
    if (errorCode === 0) return connectionLost
    return `${noAnswer[Math.floor(errorCode / 100)] ?? 'no answer'} (k6 error ${errorCode})`
  }
  const code = errorOf(answer?.errors)
  const error = code === undefined ? '' : `, error ${code}`
  if (status >= 400) return `HTTP ${status}${error}`
  if (kind === 'unreadable') return `HTTP ${status}, not a chat answer`
  return `statusCode ${answer?.statusCode}${error}`
}

/** The shape of a failed answer may be broken. */
function errorOf(errors: unknown): number | undefined {
  const code: unknown = Array.isArray(errors) ? (errors[0] as { code?: unknown } | null)?.code : undefined
  return Number.isInteger(code) ? (code as number) : undefined
}
