import type { ComparedRow, ComparedValue, Result } from '../../schemas/generated/types.ts'
import { type BadCounter, badCounters, type Candidate } from './candidates.ts'
import { comparePair, withSpans } from './compare-row.ts'
import { type Confidence, confidenceFor } from './confidence.ts'
import { countEstimate, scaled } from './count-estimate.ts'
import { repeatedEstimates } from './repeats.ts'
import { ofBoth, type Sides } from './sides.ts'

/** What goes wrong goes wrong in bunches: as if four of them told as much as one. */
const bunched = 2

export function rateRow(candidate: Candidate, sides: Sides, confidence: Confidence): ComparedRow {
  const [now, before] = ofBoth(sides, run => rateOf(run, candidate.metric))
  const row = { ...candidate, unit: 'per second', better: 'more', value: shown(now), baseline: shown(before) } as const
  const missing = now.includes(undefined) ? 'result' : before.includes(undefined) ? 'baseline' : undefined
  if (missing !== undefined) return { ...row, verdict: 'not comparable', reason: `the ${missing} has no such rate` }
  const values = (rates: Rates) => rates.map(rate => rate!.perSecond)
  const alone = ([rate]: Rates) => rateEstimate(rate!, confidence)
  const estimates = sides.isRepeated
    ? repeatedEstimates(values(now), values(before), confidence)
    : { now: alone(now), before: alone(before) }
  if (!estimates) return { ...row, verdict: 'not comparable', reason: 'a value is 0' }
  return withSpans(row, comparePair({ value: estimates.now, baseline: estimates.before, better: 'more', least: 0 }))
}

interface Rate {
  perSecond: number
  seconds: number
}
type Rates = readonly (Rate | undefined)[]

function rateOf({ rates, phases }: Result, metric: string): Rate | undefined {
  const perSecond = rates[metric]?.achieved
  const seconds = phases.find(({ name }) => name === 'steady')?.seconds ?? 0
  return perSecond === undefined || seconds <= 0 ? undefined : { perSecond, seconds }
}

function rateEstimate({ perSecond, seconds }: Rate, confidence: Confidence) {
  return scaled(countEstimate(Math.round(perSecond * seconds), confidence), 1 / seconds)
}

function shown(rates: Rates): ComparedValue {
  const known = rates.flatMap(rate => rate ?? [])
  const samples = known.reduce((sum, { perSecond, seconds }) => sum + Math.round(perSecond * seconds), 0)
  if (known.length < rates.length) return { value: null, samples }
  if (known.length > 1)
    return { value: known.reduce((sum, { perSecond }) => sum + perSecond, 0) / known.length, samples }
  const { low, high } = rateEstimate(known[0]!, confidenceFor(1))
  return { value: known[0]!.perSecond, low, high, samples }
}

/** The baseline counts as if it had had as many opportunities as the result; of repeats all are added. */
export function countRow(candidate: Candidate, { results, baselines }: Sides, confidence: Confidence): ComparedRow {
  const counter = candidate.metric as BadCounter
  const sum = (runs: readonly Result[], of: (run: Result) => number) => runs.reduce((all, run) => all + of(run), 0)
  const bookOf = ({ ledger, notificationLedger }: Result) =>
    counter.startsWith('notifications_') ? (notificationLedger ?? ledger) : ledger
  const opportunities = (run: Result) =>
    badCounters[counter] === 'events'
      ? bookOf(run).expected
      : run.coverage.answersValidated + run.coverage.pushesValidated
  const [own, before] = [sum(results, opportunities), sum(baselines, opportunities)]
  const counted = (run: Result) => run.counters[counter] ?? 0
  const [count, countBefore] = [sum(results, counted), sum(baselines, counted)]
  const row = {
    ...candidate,
    unit: 'count',
    better: 'less',
    value: { value: count, samples: own },
    baseline: { value: countBefore, samples: before },
  } as const
  if (own === 0 || before === 0)
    return { ...row, verdict: 'not comparable', reason: `the ${own === 0 ? 'result' : 'baseline'} had no opportunity` }
  const value = countEstimate(count, confidence, bunched)
  const baseline = scaled(countEstimate(countBefore, confidence, bunched), own / before)
  return withSpans(row, comparePair({ value, baseline, better: 'less', least: 0 }))
}
