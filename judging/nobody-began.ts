import type { FailureKind, Threshold } from '../schemas/generated/types.ts'
import { numberText } from './number-text.ts'

export interface Beginnings {
  /** Chats that began. */
  sessions: number
  /** The most frequent first. */
  failures: readonly FailureKind[]
  /** Of CometD connections, likewise. */
  losses: readonly FailureKind[]
}

/**
 * Where no chat began at all, everything else that failed is a consequence: the target is no GMS, has another service or
 * another path, or refuses us. The reason says so, and what was answered.
 */
export function withNobodyBegun(thresholds: readonly Threshold[], found: Beginnings): Threshold[] {
  const why = found.sessions > 0 ? undefined : beginningsText(found)
  return thresholds.map(threshold => {
    const { metric, verdict, value, text } = threshold
    if (why === undefined || metric !== 'requests_failed' || verdict !== 'fail' || value === null) return threshold
    const bound = /, (limit [^)]*)\)$/.exec(text)?.[1] ?? 'its limit'
    return { ...threshold, text: `no chat could begin: ${why} (${metric} ${numberText(value)}, ${bound})` }
  })
}

function beginningsText({ failures, losses }: Beginnings): string | undefined {
  // Of a customer that has no connection it is only known that its request was never answered.
  const tries = losses.filter(({ operation }) => operation === 'first try')
  if (tries.length > 0) return `${sumText(tries)} tries to connect over CometD failed, ${outcomeText(tries)}`
  const asked = failures.filter(({ operation }) => operation === 'requestChat')
  return asked.length > 0 ? `${sumText(asked)} requests for one failed, ${outcomeText(asked)}` : undefined
}

function sumText(kinds: readonly FailureKind[]): string {
  return numberText(kinds.reduce((sum, { count }) => sum + count, 0))
}

function outcomeText(kinds: readonly FailureKind[]): string {
  const [first, ...others] = kinds
  return `${others.length === 0 ? 'each' : 'most'} with: ${first!.outcome}`
}
