import type { Result } from '../schemas/generated/types.ts'

/** The run as its notifications tell it, where customers were pushed and heard over CometD as well; else undefined. */
export function heardBeside(result: Result): Result | undefined {
  const { notificationLedger: ledger, options } = result
  return ledger && { ...result, ledger, options: { ...options, push: 'off' } }
}
