import type { Trial } from './trial.ts'

/**
 * What is known of a rate. `passed` and `failed` rest on a trial that searched; `holds`, `breaks` and `mixed` on trials that
 * proved; `unmeasured` = we could not say it, however often it was tried; `spoiled` = so far; `open` = a trial must be repeated.
 */
export type Standing = 'open' | 'passed' | 'failed' | 'holds' | 'breaks' | 'mixed' | 'spoiled' | 'unmeasured'

/** An answer rests on this many independent trials at each of its ends, and on one more where one speaks against them. */
const confirmations = 3
/** After so many inconclusive trials the search turns to lower rates; before it ends there, it asks as often again. */
const spoiledAfter = 2
const unmeasuredAfter = 4

/** Every rate that was tried, lowest first. */
export function standings(trials: readonly Trial[]): { rate: number; standing: Standing }[] {
  const rates = [...new Set(trials.map(({ rate }) => rate))].sort((a, b) => a - b)
  return rates.map(rate => ({ rate, standing: standingAt(rate, trials) }))
}

function standingAt(rate: number, trials: readonly Trial[]): Standing {
  const own = trials.filter(trial => trial.rate === rate)
  const conclusive = own.filter(({ verdict }) => verdict !== 'inconclusive')
  const inconclusive = own.length - conclusive.length
  const { passes, fails } = votes(rate, trials)
  if (passes >= 2 && fails >= 2) return 'mixed'
  if (passes >= confirmations + fails) return 'holds'
  if (fails >= confirmations + passes) return 'breaks'
  const share = inconclusive / (conclusive.length + 1)
  if (share >= unmeasuredAfter) return 'unmeasured'
  if (share >= spoiledAfter) return 'spoiled'
  const searched = conclusive.findLast(({ purpose }) => purpose !== 'confirm')?.verdict ?? conclusive.at(-1)?.verdict
  return searched === undefined ? 'open' : searched === 'pass' ? 'passed' : 'failed'
}

/** Verdicts of the trials that were made to prove this rate: the one that led there was chosen for what it said. */
export function votes(rate: number, trials: readonly Trial[]): { passes: number; fails: number } {
  const proving = trials.filter(trial => trial.rate === rate && trial.purpose === 'confirm')
  return {
    passes: proving.filter(({ verdict }) => verdict === 'pass').length,
    fails: proving.filter(({ verdict }) => verdict === 'fail').length,
  }
}
