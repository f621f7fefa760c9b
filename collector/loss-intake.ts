import { lossKinds, type ShardRow } from '../protocol/stream/shard-stream.ts'
import { phaseOf, type RunContext } from './run-context.ts'

/** A connection of a CometD customer is gone, or a try to get it back failed; the body is why, in the words of k6 or of the target. */
export function takeLoss(context: RunContext, row: ShardRow, why: string | undefined): void {
  const kind = lossKinds[row.sequence] ?? 'connection'
  if (kind === 'connection' || kind === 'cut') {
    context.columns?.count('connections_lost')
    context.counting.achieve('connections_lost', phaseOf(context, row.planned))
  }
  context.losses.add({ operation: kind, outcome: lossOutcome(why ?? ''), atMs: row.answered, answer: '' })
}

const known: readonly (readonly [RegExp, string])[] = [
  [/connection refused/i, 'connection refused'],
  [/connection reset|broken pipe|wsarecv|forcibly closed/i, 'connection reset'],
  [/bad handshake/i, 'WebSocket refused'],
  [/not answered|not opened in time|no connection within|timeout|timed out/i, 'no answer in time'],
  [/no such host|lookup/i, 'name not resolved'],
  [/\bEOF\b|closed by the peer|closed network connection|close 1\d\d\d/i, 'closed by the target'],
]
const mostOfOthers = 80

/** The same words for the same kind: what k6 says has addresses and ports in it. */
export function lossOutcome(why: string): string {
  const found = known.find(([pattern]) => pattern.test(why))?.[1]
  return found ?? why.replaceAll(/\S*\d+\.\d+\.\d+\.\d+\S*|\[[\da-f:]+\]\S*/gi, '…').slice(0, mostOfOthers)
}
