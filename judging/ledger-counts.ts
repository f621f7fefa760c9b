import type { Ledger } from '../schemas/generated/types.ts'

export interface TypeCounts {
  expected: number
  delivered: number
  covered: number
  lost: number
  open: number
}

export interface LedgerCounts extends TypeCounts {
  /** POSTs that reached the ledger, refused ones included. */
  posts: number
  repeated: number
  duplicate: number
  foreign: number
  refused: number
  outOfOrder: number
  byType: Record<string, TypeCounts>
}

const emptyTypeCounts = (): TypeCounts => ({ expected: 0, delivered: 0, covered: 0, lost: 0, open: 0 })

export function emptyCounts(): LedgerCounts {
  return {
    ...emptyTypeCounts(),
    posts: 0,
    repeated: 0,
    duplicate: 0,
    foreign: 0,
    refused: 0,
    outOfOrder: 0,
    byType: {},
  }
}

export function countedAs(counts: LedgerCounts, type: string, as: keyof TypeCounts): void {
  counts.byType[type] ??= emptyTypeCounts()
  counts.byType[type][as] += 1
  counts[as] += 1
}

/** A count of the same thing taken somewhere else: `equals` is the number it must be, when it must be one. */
export interface LedgerSource {
  name: string
  what: string
  count: number
  mustBe?: { count: number; what: string }
}

/**
 * The result's ledger. Both equations are checked with counts that were taken apart, never derived from each other;
 * `faults` are gaps in numbered frames and the like.
 */
export function balanced(counts: LedgerCounts, sources: readonly LedgerSource[], faults: readonly string[]): Ledger {
  const { expected, delivered, covered, lost, open, posts, repeated, duplicate, foreign, refused, byType } = counts
  const imbalances = [...faults]
  const decided = delivered + covered + lost + open
  if (expected !== decided) imbalances.push(`${expected} events were expected, ${decided} are accounted for`)
  const classed = delivered + repeated + duplicate + foreign + refused
  if (posts !== classed) imbalances.push(`${posts} POSTs reached the ledger, ${classed} are accounted for`)
  for (const { name, what, count, mustBe } of sources)
    if (mustBe && mustBe.count !== count)
      imbalances.push(`${name}: ${count} ${what}, but ${mustBe.count} ${mustBe.what}`)
  return {
    expected,
    delivered,
    covered,
    lost,
    open,
    posts,
    repeated,
    duplicate,
    foreign,
    refused,
    balanced: imbalances.length === 0,
    imbalances,
    sources: sources.map(source => ({ name: source.name, what: source.what, count: source.count })),
    byType,
  }
}
