import { balanced, emptyCounts, type LedgerSource, type TypeCounts } from '../../judging/ledger-counts.ts'
import type { Ledger } from '../../schemas/generated/types.ts'
import type { Part } from './part.ts'

const typeCounts = ['expected', 'delivered', 'covered', 'lost', 'open'] satisfies (keyof TypeCounts)[]
const postCounts = ['posts', 'repeated', 'duplicate', 'foreign', 'refused'] satisfies (keyof Ledger)[]

/** All counts added; both equations are checked again on the sums. */
export function mergedLedger(parts: readonly Part[], of: 'ledger' | 'notificationLedger' = 'ledger'): Ledger {
  const counts = emptyCounts()
  for (const { result } of parts) {
    const ledger = result[of]!
    for (const name of [...typeCounts, ...postCounts]) counts[name] += ledger[name]
    for (const [type, of] of Object.entries(ledger.byType ?? {})) {
      counts.byType[type] ??= { expected: 0, delivered: 0, covered: 0, lost: 0, open: 0 }
      for (const name of typeCounts) counts.byType[type][name] += of[name]
    }
  }
  const faults = parts.flatMap(({ name, result }) => result[of]!.imbalances.map(text => `${name}: ${text}`))
  return balanced(counts, mergedSources(parts, of), [...faults, ...differentlyExpected(parts, of)])
}

/** The same things counted elsewhere; the rows of each shard first, by its number. */
function mergedSources(parts: readonly Part[], of: 'ledger' | 'notificationLedger'): LedgerSource[] {
  const sources = new Map<string, LedgerSource>()
  for (const { result } of parts)
    for (const { name, what, count } of result[of]!.sources) {
      const known = sources.get(`${name}: ${what}`)
      if (known) known.count += count
      else sources.set(`${name}: ${what}`, { name, what, count })
    }
  const shardOf = ({ name }: LedgerSource) => Number(/^shard (\d+)$/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY)
  return [...sources.values()].sort((a, b) => (shardOf(a) === shardOf(b) ? 0 : shardOf(a) - shardOf(b)))
}

/** A part that saw no push of a kind expects none; if the others did see some, those that it lacks may be lost. */
function differentlyExpected(parts: readonly Part[], of: 'ledger' | 'notificationLedger'): string[] {
  const never = of === 'ledger' ? 'neverPushed' : 'neverHeard'
  return parts.flatMap(part =>
    (part.result.merging?.[never] ?? []).flatMap(kind => {
      const other = parts.find(({ result }) => (result[of]!.byType?.[kind]?.delivered ?? 0) > 0)
      return other
        ? [`${part.name}: no push of a ${kind} came and none was counted as expected, but ${other.name} had some`]
        : []
    }),
  )
}
