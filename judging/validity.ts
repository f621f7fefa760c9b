import type { ValidityLimit } from '../schemas/generated/types.ts'
import { numberText } from './number-text.ts'
import { type LimitWords, ownLimit } from './own-limit.ts'
import type { OwnLoad } from './own-load.ts'
import { longestOf, longestStandstillMs, type Standstill, whoStood } from './standstill.ts'
import type { MeasuredLatency } from './threshold-evaluation.ts'

/** What tells whether the run measured the target or ourselves. */
export interface OwnShare {
  /** Of the steady phase; undefined = no sample. */
  latency(series: string): MeasuredLatency | undefined
  /** Something is posted to our receiver; default true. */
  hasPushes?: boolean
  /** Customers hear over CometD, in our shards; default false. */
  hasNotifications?: boolean
  droppedIterations: number
  /** Actions that were planned and ready, and those of them that were sent. */
  ready: number
  sent: number
  /** Widest bound between two clocks, ms; undefined = none was measured. */
  clockBoundMs: number | undefined
  /** One sentence each: clocks of two hosts that were needed and never compared. */
  uncompared: readonly string[]
  /** One sentence each: a clock that was set in mid-run; a time that the machine slept or in which its clock was set. */
  clockSteps: readonly string[]
  wallClockJumps: readonly string[]
  /** Of the series that has the most for its size: its differences, and those below zero by more than the clock bound. */
  causality: { series: string; differences: number; negative: number }
  /** One sentence each: what the ledger or the numbered frames lack. */
  imbalances: readonly string[]
  /** Our own processes that died: receiver, k6. */
  died: readonly string[]
  /** Errors of the scenario script. */
  scriptErrors: readonly string[]
  standstills: readonly Standstill[]
  /** Files of the result folder that could not be written, one sentence each. */
  unwritten: readonly string[]
  /** Reasons in the sentence, never a limit: on one host the target shares the cores. */
  load?: OwnLoad | undefined
}

/** What a run without a latency threshold is measured for. */
export const usualLimitMs = 500

/** Every validity limit of a run, kept or not (table Verdict of the interface reference). */
export function validityLimits(own: OwnShare, tightestLimitMs = usualLimitMs): ValidityLimit[] {
  // What died explains what was late; the first broken limit is the one that the last line names.
  const limits = [
    count('processes_died', own.died.length, () => own.died.join('; ')),
    count('script_errors', own.scriptErrors.length, () => `the scenario failed: ${own.scriptErrors[0]}`),
    count('wall_clock_jumps', own.wallClockJumps.length, () => own.wallClockJumps.join('; ')),
    count('clock_steps', own.clockSteps.length, () => own.clockSteps.join('; ')),
    standstill(own),
    delay('schedule_lateness', 'k6', 0.2, 'our schedule ran late'),
    delay('wakeup_delay', 'k6', 0.2, 'our refreshes left late'),
    // Of a receiver that stands in nobody's way it is a figure to look at.
    ...(own.hasPushes === false ? [] : [delay('intake_delay', 'receiver', 0.1, 'our receiver took POSTs in late')]),
    ...(own.hasNotifications ? [delay('hearing_delay', 'k6', 0.2, 'our shards looked at notifications late')] : []),
    count('dropped_iterations', own.droppedIterations, () => {
      const { when, why } = words('k6', 'schedule_lateness', tightestLimitMs * 0.2)
      return `we were the limit${when}: ${numberText(own.droppedIterations)} actions were ready and not sent in time${why}`
    }),
    sentShare(own, () => words('k6', 'schedule_lateness', tightestLimitMs * 0.2)),
    clockBound(own, tightestLimitMs * 0.1),
    negativeShare(own),
    count('ledger', own.imbalances.length, () => `our own counts do not agree: ${own.imbalances[0]}`),
    count('result_folder', own.unwritten.length, () => own.unwritten.join('; ')),
  ]
  return limits

  function words(process: 'k6' | 'receiver', series: string, limitMs: number): LimitWords {
    return own.load ? ownLimit(own.load, process, series, limitMs) : { when: '', why: '' }
  }

  function delay(name: string, process: 'k6' | 'receiver', share: number, what: string): ValidityLimit {
    const value = own.latency(name)?.plain(99) ?? null
    const limit = tightestLimitMs * share
    // The probe never rests: without a sample of it nobody knows how late the receiver was. The others may have had no cause.
    const ok = value === null ? name !== 'intake_delay' : value <= limit
    const found = value === null ? `${name} has no sample` : `${name} p99 is ${numberText(value)} ms`
    if (value === null && !ok)
      return { name, limit, value, unit: 'ms', ok, text: `nobody knows how late our receiver was: ${found}` }
    if (ok) return { name, limit, value, unit: 'ms', ok, text: found }
    const { when, why } = words(process, name, limit)
    const text = `we were the limit${when}, ${what}: ${found} (limit ${numberText(limit)} ms)${why}`
    return { name, limit, value, unit: 'ms', ok, text }
  }
}

function count(name: string, value: number, broken: () => string): ValidityLimit {
  return { name, limit: 0, value, unit: 'count', ok: value === 0, text: value === 0 ? `${name} is 0` : broken() }
}

function standstill({ standstills, load }: OwnShare): ValidityLimit {
  const longest = longestOf(standstills)
  const value = longest?.ms ?? 0
  const ok = value <= longestStandstillMs
  return { name: 'standstill', limit: longestStandstillMs, value, unit: 'ms', ok, text: standstillText() }

  function standstillText(): string {
    if (!longest) return 'the collector never stood still'
    const text = `${whoStood(longest)} stood still for ${(longest.ms / 1000).toFixed(1)} s`
    if (!load) return text
    const second = Math.floor((longest.atMs - Date.parse(load.intervals.start)) / 1000)
    return `${text} at second ${numberText(second)}`
  }
}

function sentShare({ ready, sent }: OwnShare, words: () => LimitWords): ValidityLimit {
  const value = ready === 0 ? null : sent / ready
  const limit = 0.99
  if (value === null)
    return {
      name: 'sent_share',
      limit,
      value,
      unit: 'share',
      ok: false,
      text: 'nothing was planned and ready: nothing was measured',
    }
  const ok = value >= limit
  const found = `${numberText(sent)} of ${numberText(ready)} planned and ready actions were sent`
  if (ok) return { name: 'sent_share', limit, value, unit: 'share', ok, text: found }
  const { when, why } = words()
  const text = `we were the limit${when}: only ${found}${why}`
  return { name: 'sent_share', limit, value, unit: 'share', ok, text }
}

function clockBound({ clockBoundMs, uncompared }: OwnShare, limit: number): ValidityLimit {
  const value = clockBoundMs ?? null
  if (uncompared.length > 0)
    return { name: 'clock_bound', limit, value: null, unit: 'ms', ok: false, text: uncompared.join('; ') }
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

function negativeShare({ causality: { series, differences, negative } }: OwnShare): ValidityLimit {
  const value = differences === 0 ? null : negative / differences
  const ok = value === null || value <= 0.001
  const found =
    negative === 0
      ? 'no difference is negative'
      : `${numberText(negative)} of ${numberText(differences)} differences of ${series} are negative`
  return {
    name: 'negative_share',
    limit: 0.001,
    value,
    unit: 'share',
    ok,
    text: ok ? found : `the clocks went wrong: ${found}`,
  }
}
