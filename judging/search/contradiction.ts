import { type Trial, widest } from './trial.ts'

/** A range of rates in which the target both held and broke. */
export interface Contradiction {
  from: number
  to: number
  trials: number
  fails: number
  /** Its verdicts follow a pattern: first all passes, then all failures; or each as the trial before it. */
  pattern?: 'degrades' | 'stays-broken'
}

/** So many rates that held and broke are no longer the neighbourhood of one limit. */
const mostTornRates = 3

/**
 * Two failures at or below a rate and two passes at or above a rate that is clearly higher: one of each may be chance. So
 * may be a rate or two with both verdicts.
 * @returns undefined while all verdicts are compatible with one limit.
 */
export function contradictionIn(trials: readonly Trial[]): Contradiction | undefined {
  const ratesOf = (verdict: Trial['verdict']) =>
    trials
      .filter(trial => trial.verdict === verdict)
      .map(({ rate }) => rate)
      .sort((a, b) => a - b)
  const [fails, passes] = [ratesOf('fail'), ratesOf('pass')]
  const [low, high] = [fails[1], passes.at(-2)]
  const isWide = low !== undefined && high !== undefined && high >= low * widest
  const torn = new Set(fails.filter(rate => passes.includes(rate)))
  if (!isWide && torn.size <= mostTornRates) return undefined
  return contradictionWithin(fails[0]!, passes.at(-1)!, trials)
}

/** @returns what the trials between two rates said, both included. */
export function contradictionWithin(from: number, to: number, trials: readonly Trial[]): Contradiction {
  const within = trials.filter(({ rate, verdict }) => rate >= from && rate <= to && verdict !== 'inconclusive')
  const fails = within.filter(({ verdict }) => verdict === 'fail').length
  const pattern = patternOf(within, trials)
  return { from, to, trials: within.length, fails, ...(pattern && { pattern }) }
}

function patternOf(within: readonly Trial[], trials: readonly Trial[]): Contradiction['pattern'] {
  const firstFail = within.findIndex(({ verdict }) => verdict === 'fail')
  const lastPass = within.findLastIndex(({ verdict }) => verdict === 'pass')
  if (firstFail < 0 || lastPass < 0) return undefined
  if (lastPass < firstFail) return 'degrades'
  const follows = within.every(trial => {
    const before = trials.slice(0, trials.indexOf(trial)).findLast(({ verdict }) => verdict !== 'inconclusive')
    return before === undefined || before.verdict === trial.verdict
  })
  return follows ? 'stays-broken' : undefined
}
