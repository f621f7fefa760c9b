import type { Facts } from './facts.ts'
import { resendDelayMs } from './fake-history.ts'
import type { Found } from './falsification.ts'

/**
 * All that two books differ in: how much more of it, or the sentences that are new. The same count in a second place is
 * left out while it agrees with the first.
 */
export function differences(clean: Facts, touched: Facts): Found {
  const before = leaves(clean)
  const after = leaves(touched)
  const found: Record<string, number> = {}
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const more = (after.get(path) ?? 0) - (before.get(path) ?? 0)
    if (more !== 0) found[path] = more
  }
  const faults = touched.ledger.imbalances.filter(text => !clean.ledger.imbalances.includes(text))
  return { ...shortened(found), ...(faults.length > 0 && { fault: faults.join('; ') }) }
}

function leaves({ ledger, counters, rules, metrics, coverage, own }: Facts): Map<string, number> {
  const numbers = new Map<string, number>()
  const put = (path: string, value: unknown): void => {
    if (typeof value === 'number') numbers.set(path, value)
    else if (value !== null && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) put(`${path}.${name}`, inner)
  }
  const { sources, imbalances: _sentences, ...counts } = ledger
  put('ledger', counts)
  put('counters', counters)
  put('coverage', coverage)
  for (const { name, what, count } of sources) put(`sources.${name} ${what}`, count)
  for (const { rule, count } of rules) put(`rules.${rule}`, count)
  for (const [series, rows] of Object.entries(metrics)) {
    // Measures the receiver's own frames.
    if (series === 'intake_delay') continue
    for (const [phase, { count, censored, overflow, negative, max }] of Object.entries(rows))
      put(`metrics.${series}.${phase}`, {
        count,
        censored,
        overflow,
        negative,
        late: censored === 0 && (max ?? 0) >= resendDelayMs ? 1 : 0,
      })
  }
  put('own', { ready: own.ready, sent: own.sent, dropped: own.droppedIterations })
  return numbers
}

/** Where a count stands a second time. */
const copies: readonly (readonly [copy: RegExp, of: string])[] = [
  [
    /^(counters\.(pushes|notifications)_received|coverage\.pushesValidated|sources\.(ledger|receiver sockets) POSTs.*)$/,
    'ledger.posts',
  ],
  [/^(coverage\.kinds\.notification|sources\.(ledger|shards) notifications|sources\.shard 0 .*)$/, 'ledger.posts'],
  [/^counters\.notifications_by_resume$/, 'ledger.covered'],
  [/^metrics\.hearing_delay\.all\.count$/, 'ledger.posts'],
  [/^coverage\.kinds\.push-[a-z-]+$/, 'ledger.posts'],
  [/^counters\.(?:pushes|notifications)_(\w+)$/, 'ledger.$1'],
  [/^ledger\.byType\.\w+\.(\w+)$/, 'ledger.$1'],
  [/^metrics\.(\w+)_raw\.all\.(\w+)$/, 'metrics.$1.all.$2'],
  [/^metrics\.(?:push|notification)_latency\.all\.censored$/, 'ledger.lost'],
  [/^own\.(ready|sent)$/, 'counters.pings_sent'],
  [/^metrics\.(schedule_lateness|ping_latency)\.all\.count$/, 'counters.pings_sent'],
  [/^coverage\.kinds\.operation-answer$/, 'coverage.answersValidated'],
]

const shortNames: readonly (readonly [path: RegExp, name: string])[] = [
  [/^ledger\.byType\.(\w+)\.(\w+)$/, '$2 $1'],
  [/^(?:ledger|rules|counters)\./, ''],
  [/^sources\.receiver sockets POSTs read$/, 'POSTs at the sockets'],
  [/^metrics\.(\w+)\.all\.count$/, 'samples of $1'],
  [/^metrics\.(\w+)\.all\.negative$/, '$1 below zero'],
  [/^metrics\.(\w+)\.all\.late$/, 'a $1 of seconds'],
  [/^coverage\.kinds\./, ''],
  [/^coverage\.answersValidated$/, 'answers'],
]

function shortened(found: Record<string, number>): Record<string, number> {
  const isCopy = (path: string) =>
    copies.some(([copy, of]) => copy.test(path) && found[path.replace(copy, of)] === found[path]) || isPart(path)
  /** The phases of a metric add up to all of it. */
  const isPart = (path: string) => {
    const [metrics, series, phase, count] = path.split('.')
    if (metrics !== 'metrics' || phase === 'all') return false
    const phases = ['warm-up', 'steady', 'drain'].map(name => found[`metrics.${series}.${name}.${count}`] ?? 0)
    return count === 'late' || phases.reduce((sum, more) => sum + more, 0) === found[`metrics.${series}.all.${count}`]
  }
  const sumOf = (start: string) =>
    Object.entries(found).reduce((sum, [path, more]) => sum + (path.startsWith(start) ? more : 0), 0)
  const areRulesCounted = sumOf('rules.') === sumOf('counters.rule_violations') + sumOf('counters.schema_violations')
  return Object.fromEntries(
    Object.entries(found)
      .filter(([path]) => !isCopy(path))
      .filter(([path]) => !(areRulesCounted && /^counters\.(rule|schema)_violations$/.test(path)))
      .map(([path, more]) => [shortNames.reduce((name, [from, to]) => name.replace(from, to), path), more]),
  )
}
