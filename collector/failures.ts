import type { FailureKind } from '../schemas/generated/types.ts'
import { getOrMake } from './get-or-make.ts'
import { isoOf, masked } from './violations.ts'

export interface FailureReport {
  operation: string
  /** How the request ended, in words that are the same for all failures of one kind. */
  outcome: string
  /** Epoch ms. */
  atMs: number
  /** What came, as it came; '' = nothing. */
  answer: string
}

/** Failed requests by kind: what `requests_failed` only counts. */
export interface Failures {
  add(report: FailureReport): void
  all(): FailureKind[]
  count(): number
}

/** Outcomes carry numbers from the target: beyond this many kinds the rest is one. */
export const mostKinds = 100
const shownOfAnswer = 300

interface Known extends FailureReport {
  count: number
  lastMs: number
}

export function createFailures(): Failures {
  const kinds = new Map<string, Known>()
  let count = 0
  return {
    add({ operation, outcome, atMs, answer }) {
      const isNew = !kinds.has(`${operation} ${outcome}`)
      const kind =
        isNew && kinds.size >= mostKinds ? { operation: 'others', outcome: 'others' } : { operation, outcome }
      const known = getOrMake(kinds, `${kind.operation} ${kind.outcome}`, () => ({
        ...kind,
        atMs,
        lastMs: atMs,
        answer,
        count: 0,
      }))
      known.count += 1
      count += 1
      known.lastMs = Math.max(known.lastMs, atMs)
      if (atMs < known.atMs) Object.assign(known, { atMs, answer })
    },
    count: () => count,
    all: () =>
      inOrder(
        [...kinds.values()].map(({ operation, outcome, count, atMs, lastMs, answer }) => ({
          operation,
          outcome,
          count,
          first: isoOf(atMs),
          last: isoOf(lastMs),
          ...(answer !== '' && { sample: shortened(answer) }),
        })),
      ),
  }
}

/** The most frequent first. */
export function inOrder(kinds: readonly FailureKind[]): FailureKind[] {
  const name = ({ operation, outcome }: FailureKind) => `${operation} ${outcome}`
  return kinds.toSorted((a, b) => b.count - a.count || (name(a) < name(b) ? -1 : 1))
}

function shortened(answer: string): string {
  const safe = masked(answer)
  return safe.length > shownOfAnswer ? `${safe.slice(0, shownOfAnswer)}…` : safe
}
