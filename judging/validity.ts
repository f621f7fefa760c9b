import type { ValidityLimit } from '../schemas/generated/types.ts'
import { numberText } from './number-text.ts'
import type { MeasuredLatency } from './threshold-evaluation.ts'

/** What tells whether the run measured the target or ourselves. */
export interface OwnShare {
  /** Of the steady phase; undefined = no sample. */
  latency(series: string): MeasuredLatency | undefined
  droppedIterations: number
  /** Actions that were planned and ready, and those of them that were sent. */
  ready: number
  sent: number
  /** Widest bound between two clocks, ms; undefined = none was measured. */
  clockBoundMs: number | undefined
  /** Latency differences, and those below zero by more than the clock bound. */
  differences: number
  negative: number
  /** One sentence each: what the ledger or the numbered frames lack. */
  imbalances: readonly string[]
  /** Our own processes that died: receiver, k6. */
  died: readonly string[]
  /** Errors of the scenario script. */
  scriptErrors: readonly string[]
  /** 'k6 used 1.9 of 2 cores': a reason in the sentence, never a limit, as on one host the target shares the cores. */
  load: string
}

/** Without a latency threshold: what 500 ms would give. */
const tightestByDefaultMs = 500

/** Every validity limit of a run, kept or not (table Verdict of the interface reference). */
export function validityLimits(own: OwnShare, tightestLimitMs = tightestByDefaultMs): ValidityLimit[] {
  // What died explains what was late; the first broken limit is the one that the last line names.
  const limits = [
    count('processes_died', own.died.length, () => own.died.join('; ')),
    count('script_errors', own.scriptErrors.length, () => `the scenario failed: ${own.scriptErrors[0]}`),
    delay('schedule_lateness', 0.2, 'our schedule ran late'),
    delay('wakeup_delay', 0.2, 'our refreshes left late'),
    delay('intake_delay', 0.1, 'our receiver took POSTs in late'),
    count(
      'dropped_iterations',
      own.droppedIterations,
      () => `${numberText(own.droppedIterations)} actions were ready and not sent in time`,
    ),
    sentShare(own),
    clockBound(own.clockBoundMs, tightestLimitMs * 0.1),
    negativeShare(own),
    count('ledger', own.imbalances.length, () => `our own counts do not agree: ${own.imbalances[0]}`),
  ]
  return limits

  function delay(name: string, share: number, what: string): ValidityLimit {
    const value = own.latency(name)?.plain(99) ?? null
    const limit = tightestLimitMs * share
    const ok = value === null || value <= limit
    const found = value === null ? `${name} has no sample` : `${name} p99 is ${numberText(value)} ms`
    const text = ok
      ? found
      : `we were the limit, ${what}: ${found} (limit ${numberText(limit)} ms)${own.load && `; ${own.load}`}`
    return { name, limit, value, unit: 'ms', ok, text }
  }
}

function count(name: string, value: number, broken: () => string): ValidityLimit {
  return { name, limit: 0, value, unit: 'count', ok: value === 0, text: value === 0 ? `${name} is 0` : broken() }
}

function sentShare({ ready, sent, load }: OwnShare): ValidityLimit {
  const value = ready === 0 ? null : sent / ready
  const ok = value === null || value >= 0.99
  const found = `${numberText(sent)} of ${numberText(ready)} planned and ready actions were sent`
  const text = ok ? found : `we were the limit: only ${found}${load && `; ${load}`}`
  return { name: 'sent_share', limit: 0.99, value, unit: 'share', ok, text }
}

function clockBound(boundMs: number | undefined, limit: number): ValidityLimit {
  const value = boundMs ?? null
  const ok = value === null || value <= limit
  const found = value === null ? 'no clock bound was measured' : `the clocks agree within ${numberText(value)} ms`
  return {
    name: 'clock_bound',
    limit,
    value,
    unit: 'ms',
    ok,
    text: ok ? found : `${found} only (limit ${numberText(limit)} ms)`,
  }
}

function negativeShare({ differences, negative }: OwnShare): ValidityLimit {
  const value = differences === 0 ? null : negative / differences
  const ok = value === null || value <= 0.001
  const found = `${numberText(negative)} of ${numberText(differences)} differences are negative`
  return {
    name: 'negative_share',
    limit: 0.001,
    value,
    unit: 'share',
    ok,
    text: ok ? found : `the clocks went wrong: ${found}`,
  }
}
