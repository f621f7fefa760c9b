import { numberText } from '../number-text.ts'
import type { Contradiction } from './contradiction.ts'
import type { Outcome } from './next-step.ts'

/** What is raised: `--vary`. */
export type Varied = 'sessions' | 'messages' | 'pushes'

/** '158 pushes/s', '2,000 sessions'. */
export function variedText(varied: Varied, rate: number): string {
  return varied === 'sessions' ? `${numberText(rate)} sessions` : `${shortRate(rate)} ${varied}/s`
}

/** The answer, or why there is none, in one sentence. */
export function outcomeText(outcome: Outcome, varied: Varied, why?: string): string {
  const short = (rate: number) => (varied === 'sessions' ? variedText(varied, rate) : `${shortRate(rate)}/s`)
  const full = (rate: number) => variedText(varied, rate)
  const because = why === undefined ? '' : ` (${why})`
  switch (outcome.kind) {
    case 'found':
      return `the thresholds hold up to ${full(outcome.holds)} and no longer at ${short(outcome.breaks)}${because}`
    case 'generator-limited':
      return `generator-limited at ${short(outcome.at)}${because}${proved(outcome.holds)}`
    case 'undecided':
      return `undecided at ${short(outcome.at)}${because}${proved(outcome.holds)}`
    case 'unstable':
      return unstableText(outcome.contradiction, short)
    case 'no-failure':
      return `no failure up to the highest rate asked, ${full(outcome.upTo)}`
    case 'always-fails':
      return `the thresholds do not hold at the lowest rate asked, ${full(outcome.at)}${because}`
    case 'out-of-trials':
      return `no answer within ${numberText(outcome.trials)} trials${because}${soFar(outcome)}`
  }

  function proved(holds: number | undefined): string {
    return holds === undefined ? '' : `; the thresholds hold up to ${full(holds)}`
  }

  function soFar({ passed, failed }: Extract<Outcome, { kind: 'out-of-trials' }>): string {
    const parts = [
      ...(passed === undefined ? [] : [`${short(passed)} passed`]),
      ...(failed === undefined ? [] : [`${short(failed)} did not`]),
    ]
    return parts.length === 0 ? '' : `; ${parts.join(', ')}`
  }
}

const patterns = {
  degrades: '; what held at first failed later: it degrades',
  'stays-broken': '; each trial ended as the one before it: once overloaded it stays so',
} as const

function unstableText({ from, to, trials, fails, pattern }: Contradiction, short: (rate: number) => string): string {
  const where = from === to ? `at ${short(from)}` : `between ${short(from)} and ${short(to)}`
  return `target unstable: ${fails} of ${trials} trials fail ${where}${pattern === undefined ? '' : patterns[pattern]}`
}

/** Three digits: nobody can tell 158.2/s from 158.3/s. */
function shortRate(rate: number): string {
  return numberText(Number(rate.toPrecision(rate < 1000 ? 3 : 4)))
}
