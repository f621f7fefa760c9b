import { expect } from 'vitest'
import { runJudged } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

// At least 1,000 events in some seconds; exactly one of them is touched where the fault is not a share. The latency limit
// is wide, and so are the limits of our own lateness that follow from it: latency is not what is looked at, and two runs
// share the machine.
const workload: Readonly<Record<string, string>> = {
  sessions: '60',
  arrival: '60/s',
  'warm-up': '1s',
  hold: '3s',
  'message-rate': '180/s',
  'agent-rate': '80/s',
  'reply-delay': 'uniform(100ms,400ms)',
  'ping-interval': '2s',
  observe: '2s',
  seed: '7',
  shards: '2',
  threshold: 'push_latency p(99)<15000',
}

export function runWorkload(options: Readonly<Record<string, string>>) {
  const pairs = Object.entries({ ...workload, ...options })
  return runJudged('run', 'async-chat', ...pairs.flatMap(([name, value]) => [`--${name}`, value]))
}

export interface Planted {
  fault: string
  push: 'payload' | 'reliable'
  /** Rule that must be named first, or the metric of the threshold that breaks. */
  rule?: string
  threshold?: string
  options?: Readonly<Record<string, string>>
  /** Whole-run counters that must come out exactly. */
  counters?: Record<string, number>
  /** Broken rules in violations.ndjson; undefined = at least one. */
  found?: number
}

export function itNamesFirst(planted: readonly Planted[]): void {
  itWithK6.each(planted)('$fault in $push mode', async ({ fault, push, rule, threshold, options, counters, found }) => {
    let faulty = await runWorkload({ push, fault, ...options })
    // A notice that a busy machine delays may be overtaken by a refresh that makes its wrong position a right one.
    if (faulty.exit === 0 && fault === 'wrong-notify-position') faulty = await runWorkload({ push, fault, ...options })
    const first = faulty.result?.verdict.reasons[0]
    expect([faulty.exit, first?.kind]).toEqual([1, rule ? 'arrived-wrong' : 'threshold'])
    expect(first?.code).toMatch(new RegExp(`^(${rule ?? threshold})`))
    expect(faulty.stdout).toMatch(/^FAIL {2}async-chat: /)
    expect(faulty.stdout).toContain(first!.text)
    if (rule) expect(faulty.violations[0]!.rule).toMatch(new RegExp(`^(${rule})`))
    if (counters) expect(faulty.result!.counters).toMatchObject(counters)
    if (found !== undefined) expect(faulty.violations).toHaveLength(found)
    expect(faulty.result!.ledger.balanced).toBe(true)
  })
}
