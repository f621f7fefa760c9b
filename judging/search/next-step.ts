import { type Contradiction, contradictionIn, contradictionWithin } from './contradiction.ts'
import { type Standing, standings, votes } from './standing.ts'
import { narrow, type Purpose, type SearchSettings, type Trial, widest } from './trial.ts'

export type Outcome =
  /** The thresholds hold at `holds` and do not hold at `breaks`; the limit lies between. */
  | { kind: 'found'; holds: number; breaks: number }
  /** Ours, or nobody can tell, from `at` on; `holds` = the highest rate that is proved. */
  | { kind: 'generator-limited' | 'undecided'; at: number; holds?: number }
  | { kind: 'unstable'; contradiction: Contradiction }
  | { kind: 'no-failure'; upTo: number }
  | { kind: 'always-fails'; at: number }
  | { kind: 'out-of-trials'; trials: number; passed?: number; failed?: number }

export type Step = { kind: 'trial'; rate: number; purpose: Purpose } | { kind: 'end'; outcome: Outcome }

/** Trials that speak against an answer. */
const mostAgainst = 3

const farAway = 1.25
const challenges = 2

interface Known {
  rate: number
  standing: Standing
}

/**
 * The search for the highest rate at which the thresholds hold: what to do next, given all trials so far. Nothing is kept
 * between two calls, so a search can be read again from its trials.
 */
export function nextStep(settings: SearchSettings, trials: readonly Trial[]): Step {
  const contradiction = contradictionIn(trials)
  if (contradiction) return end({ kind: 'unstable', contradiction })
  const known = standings(trials)
  const step = decide(settings, trials, known)
  if (step.kind === 'end' || trials.length < settings.mostTrials) return step
  const passed = known.findLast(isGood)?.rate
  const failed = known.find(each => isBad(each) && each.standing !== 'spoiled' && each.standing !== 'unmeasured')?.rate
  return end({
    kind: 'out-of-trials',
    trials: trials.length,
    ...(passed !== undefined && { passed }),
    ...(failed !== undefined && { failed }),
  })
}

function decide(settings: SearchSettings, trials: readonly Trial[], known: readonly Known[]): Step {
  const open = known.find(({ standing }) => standing === 'open')
  if (open)
    return { kind: 'trial', rate: open.rate, purpose: trials.findLast(({ rate }) => rate === open.rate)!.purpose }
  const bad = known.find(isBad)
  const good = known.findLast(each => isGood(each) && (bad === undefined || each.rate < bad.rate))
  if (!bad) return grow(settings, good)
  if (!good) return failsAtOnce(bad, trials)
  const rate = between(good.rate, bad.rate, settings)
  if (rate !== undefined) return { kind: 'trial', rate, purpose: 'bisect' }
  return prove(settings, trials, known, good, bad)
}

function grow({ from, to }: SearchSettings, good: Known | undefined): Step {
  if (!good) return { kind: 'trial', rate: from, purpose: 'grow' }
  if (good.rate < to) return { kind: 'trial', rate: Math.min(to, good.rate * 2), purpose: 'grow' }
  return good.standing === 'holds' ? end({ kind: 'no-failure', upTo: to }) : confirm(to)
}

/** Nothing below the lowest rate asked is tried. */
function failsAtOnce(bad: Known, trials: readonly Trial[]): Step {
  if (bad.standing === 'failed' || bad.standing === 'spoiled') return confirm(bad.rate)
  if (bad.standing === 'breaks') return end({ kind: 'always-fails', at: bad.rate })
  if (bad.standing === 'mixed') return unstable(bad.rate, bad.rate, trials)
  return unmeasured(bad.rate, trials)
}

/** Both ends in turn, the upper one first: so the lower one is tried right after an overload, from which the target must recover. */
function prove(
  settings: SearchSettings,
  trials: readonly Trial[],
  known: readonly Known[],
  good: Known,
  bad: Known,
): Step {
  const isProved = good.standing === 'holds'
  if (bad.standing === 'spoiled') return confirm(bad.rate)
  if (bad.standing === 'unmeasured') return isProved ? unmeasured(bad.rate, trials, good.rate) : confirm(good.rate)
  if (bad.standing === 'failed') {
    return isProved || count(bad.rate, trials) <= count(good.rate, trials) ? confirm(bad.rate) : confirm(good.rate)
  }
  if (!isProved || !hasRecovered(good.rate, trials)) return confirm(good.rate)
  return upperEnd(settings, trials, known, good.rate, bad.rate)
}

/** Above a rate with both verdicts the upper end is looked for in small steps; a range that gets too wide is no limit. */
function upperEnd(
  settings: SearchSettings,
  trials: readonly Trial[],
  known: readonly Known[],
  holds: number,
  from: number,
): Step {
  const most = Math.min(settings.to, Math.max(holds * widest, holds + 2))
  for (let rate = from; rate <= most; ) {
    const standing = known.find(each => each.rate === rate)?.standing
    if (standing === 'breaks') return brokenAt(rate)
    if (standing === 'unmeasured') return unmeasured(rate, trials, holds)
    if (standing !== 'mixed' && standing !== 'holds') return confirm(rate)
    const next = Math.max(rounded(rate * narrow, settings), settings.isWhole ? rate + 1 : rate)
    rate = known.find(each => each.rate > rate && each.rate < next)?.rate ?? next
  }
  const highest = known.findLast(each => each.rate <= most)?.rate ?? from
  return unstable(from, highest, trials)

  function brokenAt(breaks: number): Step {
    const against = trials.filter(
      ({ rate, verdict }) => (rate <= holds && verdict === 'fail') || (rate >= breaks && verdict === 'pass'),
    )
    if (against.length > mostAgainst) return unstable(holds, breaks, trials)
    return (against.length > 0 && challenge(settings, trials, holds, breaks)) || end({ kind: 'found', holds, breaks })
  }
}

/**
 * Where a trial speaks against an answer, rates that are far from it must agree with it: near a limit verdicts are chance, far
 * from it they are not.
 * @returns undefined when they do.
 */
function challenge(
  settings: SearchSettings,
  trials: readonly Trial[],
  holds: number,
  breaks: number,
): Step | undefined {
  const far = [
    { rate: rounded(breaks * farAway, settings), expected: 'fail' },
    { rate: rounded(holds / farAway, settings), expected: 'pass' },
  ] as const
  for (const { rate, expected } of far) {
    if (rate > settings.to || rate < settings.from) continue
    const own = trials.filter(trial => trial.rate === rate && trial.verdict !== 'inconclusive')
    if (own.some(({ verdict }) => verdict !== expected))
      return unstable(Math.min(rate, holds), Math.max(rate, breaks), trials)
    const spoiled = trials.filter(trial => trial.rate === rate).length - own.length
    if (own.length < challenges && spoiled < challenges) return confirm(rate)
  }
  return undefined
}

function hasRecovered(rate: number, trials: readonly Trial[]): boolean {
  const overload = trials.findLastIndex(trial => trial.rate > rate && trial.verdict === 'fail')
  return trials.some((trial, at) => at > overload && trial.rate === rate && trial.verdict === 'pass')
}

function unmeasured(at: number, trials: readonly Trial[], holds?: number): Step {
  const own = trials.filter(({ rate, verdict }) => rate === at && verdict === 'inconclusive')
  const ours = own.filter(({ cause }) => cause === 'ours').length
  const kind = ours * 2 >= own.length ? 'generator-limited' : 'undecided'
  return end({ kind, at, ...(holds !== undefined && { holds }) })
}

/** @returns the rate in the middle of a bracket; undefined where it is narrow enough. */
function between(low: number, high: number, settings: SearchSettings): number | undefined {
  if (high <= low * narrow) return undefined
  const middle = rounded(Math.sqrt(low * high), settings)
  return middle > low && middle < high ? middle : undefined
}

/** Four digits are finer than any answer, and rates stay readable. */
function rounded(rate: number, { isWhole }: SearchSettings): number {
  const short = Number(rate.toPrecision(4))
  return isWhole ? Math.round(short) : short
}

function count(rate: number, trials: readonly Trial[]): number {
  const { passes, fails } = votes(rate, trials)
  return passes + fails
}

function isBad(known: Known): boolean {
  return known.standing !== 'open' && !isGood(known)
}

function isGood({ standing }: Known): boolean {
  return standing === 'passed' || standing === 'holds'
}

function confirm(rate: number): Step {
  return { kind: 'trial', rate, purpose: 'confirm' }
}

function unstable(from: number, to: number, trials: readonly Trial[]): Step {
  return end({ kind: 'unstable', contradiction: contradictionWithin(from, to, trials) })
}

function end(outcome: Outcome): Step {
  return { kind: 'end', outcome }
}
