import type { LedgerSource } from '../judging/ledger-counts.ts'
import type { Counter } from '../protocol/instants.ts'
import type { RunContext } from './run-context.ts'
import type { Bye } from './shard-reports.ts'

export interface CountedElsewhere {
  context: RunContext
  byes: ReadonlyMap<number, Bye>
  shards: number
  /** Rows of a shard that came here. */
  rowsCame(shard: number): number
  receiver: { posts(): number; refused(): number }
  /** Absent where the target streams no trace. */
  traced?: { begun: number; acknowledged: number }
}

/** The same things counted by shards, receiver sockets, ledger and trace, each for itself. */
export function crossChecks({ context, byes, shards, rowsCame, receiver, traced }: CountedElsewhere): LedgerSource[] {
  const { counts } = context.ledger
  const isOfPushes = !context.settings.isComet || context.heard !== undefined
  const inLedger = (count: number) => ({ count, what: 'in the ledger' })
  return [
    ...inOrder(byes).map(([shard, bye]) => {
      const mustBe = { count: rowsCame(shard), what: 'came' }
      return { name: `shard ${shard}`, what: 'rows sent', count: bye.rows, mustBe }
    }),
    ...(byes.size < shards ? [] : shardCounts(context, byes)),
    isOfPushes
      ? { name: 'receiver sockets', what: 'POSTs read', count: receiver.posts(), mustBe: inLedger(counts.posts) }
      : { name: 'receiver sockets', what: 'POSTs read', count: receiver.posts() },
    { name: 'receiver sockets', what: 'POSTs refused', count: receiver.refused(), mustBe: inLedger(counts.refused) },
    { name: 'ledger', what: isOfPushes ? 'POSTs' : 'notifications', count: counts.posts },
    ...(context.heard ? [{ name: 'ledger', what: 'notifications', count: context.heard.counts.posts }] : []),
    ...(traced ? [{ name: 'trace', what: 'POSTs begun', count: traced.begun }, answeredPosts(traced, receiver)] : []),
  ]
}

/** What was answered was read. The other way round nothing follows: a POST or its answer may be lost on the way. */
function answeredPosts(
  { acknowledged }: { acknowledged: number },
  receiver: CountedElsewhere['receiver'],
): LedgerSource {
  const read = receiver.posts()
  const source = { name: 'trace', what: 'POSTs answered with success', count: acknowledged }
  return acknowledged > read ? { ...source, mustBe: { count: read, what: 'read from sockets' } } : source
}

function inOrder(byes: ReadonlyMap<number, Bye>): [shard: number, bye: Bye][] {
  return [...byes].sort(([a], [b]) => a - b)
}

const countedByShards = ['messages_sent', 'pings_sent', 'dropped_iterations', 'actions_blocked'] satisfies Counter[]

/** What the shards counted where it happened, against what their rows say. */
function shardCounts(
  { counting, coverage, settings, ledger, heard }: RunContext,
  byes: ReadonlyMap<number, Bye>,
): LedgerSource[] {
  const ours: [what: string, count: number][] = [
    ...countedByShards.map((name): [string, number] => [name, counting.value(name)]),
    ['answers', coverage.answers],
    ...(settings.isComet
      ? ([
          ['notifications', (heard ?? ledger).counts.posts],
          ['arrivals', coverage.arrivals],
        ] as [string, number][])
      : []),
  ]
  return ours.flatMap(([what, count]) => {
    const told = [...byes.values()].flatMap(({ counts }) => counts[what] ?? [])
    if (told.length < byes.size) return []
    const sum = told.reduce((a, b) => a + b, 0)
    return { name: 'shards', what, count: sum, mustBe: { count, what: 'in their rows' } }
  })
}
