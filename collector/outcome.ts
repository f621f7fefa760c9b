import type { CheckedAnswer } from '../protocol/checks/shape.ts'
import type { ShardOperation } from '../protocol/stream/shard-stream.ts'

/**
 * How a request ended. `over` = refused because the session is over: allowed when somebody else ended it
 * (CV2-034, CS-001 ff.), a failure otherwise; who ended it may only be known later.
 */
export type Outcome = 'ok' | 'failed' | 'over'

export function outcomeOf(operation: ShardOperation, { kind, answer }: CheckedAnswer): Outcome {
  switch (kind) {
    case 'request-chat-answer':
    case 'operation-answer':
    case 'disconnect-answer':
    case 'session-over-answer':
    case 'file-limits-answer':
    case 'file-upload-answer':
    case 'file-delete-answer':
      return 'ok'
    case 'fatal-answer':
      return operation !== 'requestChat' && answer?.chatEnded === true ? 'over' : 'failed'
    default:
      return 'failed'
  }
}
