import { describe, expect } from 'vitest'
import { runJudged } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

// At least 2,000 events in some seconds; exactly one of them is touched where the fault is not a share. The latency limit
// is wide, and so are the limits of our own lateness that follow from it: latency is not what is looked at, and two runs
// share the machine.
const workload: Readonly<Record<string, string>> = {
  sessions: '60',
  arrival: '60/s',
  'warm-up': '1s',
  hold: '5s',
  'message-rate': '180/s',
  'agent-rate': '80/s',
  'reply-delay': 'uniform(100ms,400ms)',
  'ping-interval': '2s',
  observe: '3s',
  seed: '7',
  shards: '2',
  threshold: 'push_latency p(99)<15000',
}

function run(options: Readonly<Record<string, string>>) {
  const pairs = Object.entries({ ...workload, ...options })
  return runJudged('run', 'async-chat', ...pairs.flatMap(([name, value]) => [`--${name}`, value]))
}

interface Planted {
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

const planted: readonly Planted[] = [
  { fault: 'drop-push', push: 'payload', threshold: 'pushes_lost', counters: { pushes_lost: 1 } },
  { fault: 'double-push', push: 'payload', rule: 'CS-072', counters: { pushes_duplicate: 1 }, found: 1 },
  { fault: 'swap-push', push: 'payload', rule: 'PUSH-035', counters: { pushes_out_of_order: 1 }, found: 1 },
  { fault: 'change-text', push: 'payload', rule: 'CV2-055|PUSH-043' },
  {
    fault: 'late-push:2%,4s',
    push: 'payload',
    threshold: 'push_latency',
    options: { threshold: 'push_latency p(99)<3500' },
  },
  { fault: 'drop-event-in-refresh', push: 'payload', rule: 'CV2-085|CV2-088' },
  { fault: 'next-position-off-by-one', push: 'payload', rule: 'CV2-087', found: 1 },
  { fault: 'foreign-event', push: 'payload', rule: '.' },
  { fault: 'show-quit-reason', push: 'payload', rule: 'CV2-061' },
  { fault: 'wrong-notify-position', push: 'reliable', rule: 'CS-065', found: 1 },
  {
    fault: 'repeat-after-confirmation',
    push: 'reliable',
    rule: 'CS-061',
    // Only a session that hears nothing new for a second gets a repetition at all: many sessions, the same events.
    options: { set: 'settings.flex-push-resend-delay=1', sessions: '400', arrival: '400/s' },
  },
  { fault: 'two-in-flight', push: 'payload', rule: 'PUSH-070', options: { 'receiver-delay': '5ms' } },
]

describe('a planted fault ends the run with exit 1, named first', () => {
  itWithK6.concurrent('none is found where none was planted', async () => {
    const clean = await run({ push: 'reliable:0.5,payload:0.5' })
    expect(clean.stdout).toMatch(/^PASS {2}async-chat: /)
    expect([clean.exit, clean.violations]).toEqual([0, []])
    expect(clean.result!.counters.messages_sent).toBeGreaterThan(1000)
  })

  itWithK6.concurrent.each(planted)(
    '$fault in $push mode',
    async ({ fault, push, rule, threshold, options, counters, found }) => {
      let faulty = await run({ push, fault, ...options })
      // A notice that a busy machine delays may be overtaken by a refresh that makes its wrong position a right one.
      if (faulty.exit === 0 && fault === 'wrong-notify-position') faulty = await run({ push, fault, ...options })
      const first = faulty.result?.verdict.reasons[0]
      expect([faulty.exit, first?.kind]).toEqual([1, rule ? 'arrived-wrong' : 'threshold'])
      expect(first?.code).toMatch(new RegExp(`^(${rule ?? threshold})`))
      expect(faulty.stdout).toMatch(/^FAIL {2}async-chat: /)
      expect(faulty.stdout).toContain(first!.text)
      if (rule) expect(faulty.violations[0]!.rule).toMatch(new RegExp(`^(${rule})`))
      if (counters) expect(faulty.result!.counters).toMatchObject(counters)
      if (found !== undefined) expect(faulty.violations).toHaveLength(found)
      expect(faulty.result!.ledger.balanced).toBe(true)
    },
  )
})
