import type { Counter } from '../../protocol/instants.ts'
import type { Clock, Process, Result, RuleCount } from '../../schemas/generated/types.ts'
import { ratedCounters } from '../facts.ts'
import type { RunPhases } from '../run-phases.ts'
import type { Part } from './part.ts'

/** Of all parts; the first example of each rule. */
export function mergedRules(parts: readonly Part[]): Omit<RuleCount, 'judged'>[] {
  const rules = new Map<string, Omit<RuleCount, 'judged'>>()
  const found = parts.flatMap(({ result }) => result.violations.byRule)
  for (const { judged: _judged, ...rule } of found.sort((a, b) => earlier(a.example?.at, b.example?.at))) {
    const known = rules.get(rule.rule)
    if (known) known.count += rule.count
    else rules.set(rule.rule, { ...rule })
  }
  return [...rules.values()]
}

/** Rules that no part could judge, since its clocks were set. */
export function doubtfulRules(parts: readonly Part[]): string[] {
  const found = parts.flatMap(({ result }) => result.violations.byRule)
  return found.flatMap(({ rule }) => (found.every(each => each.rule !== rule || !each.judged) ? [rule] : []))
}

function earlier(a = '', b = ''): number {
  return a === b ? 0 : a < b ? -1 : 1
}

export function mergedCoverage(parts: readonly Part[]): Result['coverage'] {
  const all = parts.map(({ result }) => result.coverage)
  return {
    answersValidated: sum(all.map(each => each.answersValidated)),
    pushesValidated: sum(all.map(each => each.pushesValidated)),
    kinds: addedUp(all.map(each => each.kinds)),
    rulesChecked: [...new Set(all.flatMap(each => each.rulesChecked))].sort(),
    sequenceObserved: all.every(each => each.sequenceObserved),
    notes: namedNotes(parts, result => result.coverage.notes),
  }
}

/** What every part says is said once, all else by whom it is about. */
export function namedNotes(parts: readonly Part[], notesOf: (result: Result) => readonly string[]): string[] {
  const isShared = (note: string) => parts.every(({ result }) => notesOf(result).includes(note))
  const shared = parts[0] ? notesOf(parts[0].result).filter(isShared) : []
  const own = parts.flatMap(({ name, result }) =>
    notesOf(result).flatMap(note => (isShared(note) ? [] : [`${name}: ${note}`])),
  )
  return [...new Set(shared), ...own]
}

/** Counts of the steady phase, from which rates are taken anew. */
export function steadyCounts(parts: readonly Part[]): NonNullable<Result['merging']>['steady'] {
  const all = parts.map(({ result }) => result.merging!.steady)
  const counters = [...new Set(all.flatMap(each => Object.keys(each)))].sort()
  const of = (counter: string, what: 'offered' | 'achieved') => sum(all.map(each => each[counter]?.[what] ?? 0))
  return Object.fromEntries(
    counters.map(counter => [counter, { offered: of(counter, 'offered'), achieved: of(counter, 'achieved') }]),
  )
}

export function mergedRates(steady: ReturnType<typeof steadyCounts>, seconds: number): Result['rates'] {
  const perSecond = (count: number) => (seconds > 0 ? count / seconds : 0)
  return Object.fromEntries(
    ratedCounters.map((counter: Counter) => {
      const { offered, achieved } = steady[counter] ?? { offered: 0, achieved: 0 }
      return [counter, { offered: offered > 0 ? perSecond(offered) : null, achieved: perSecond(achieved) }]
    }),
  )
}

/** As long as the longest of the parts, by time since the start of each; undefined = none came to its first phase. */
export function mergedPhases(parts: readonly Part[]): RunPhases | undefined {
  const planned = parts.filter(({ result }) => result.phases.length > 0)
  if (planned.length === 0) return undefined
  const longest = (name: string) =>
    1000 * Math.max(...planned.map(({ result }) => result.phases.find(each => each.name === name)?.seconds ?? 0))
  const startMs = Math.min(...planned.map(({ result }) => Date.parse(result.phases[0]!.start)))
  const steadyMs = startMs + longest('warm-up')
  return { startMs, steadyMs, drainMs: steadyMs + longest('steady') }
}

export function processesOf(parts: readonly Part[]): Process[] {
  return parts.flatMap(({ number, result }) =>
    result.processes.map(process => ({ ...process, name: `${process.name} (part ${number})` })),
  )
}

/** The numbers of shards are those of the whole run; everything else each part has for itself. */
export function clocksOf(parts: readonly Part[]): Clock[] {
  const named = (name: string, number: number) => (name.startsWith('shard ') ? name : `${name} (part ${number})`)
  return parts.flatMap(({ number, result }) =>
    result.clocks.map(clock => ({ ...clock, from: named(clock.from, number), to: named(clock.to, number) })),
  )
}

export function addedUp<Name extends string>(all: readonly Partial<Record<Name, number>>[]): Record<Name, number> {
  const sums: Record<string, number> = {}
  for (const counts of all)
    for (const [name, count] of Object.entries<number | undefined>(counts))
      sums[name] = (sums[name] ?? 0) + (count ?? 0)
  return sums as Record<Name, number>
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}
