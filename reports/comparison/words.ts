import type { Comparison } from '../../schemas/generated/types.ts'
import { counted } from '../page/number-text.ts'

export const tones = {
  'no difference shown': 'pass',
  better: 'pass',
  'no regression': 'pass',
  worse: 'fail',
  regression: 'fail',
  inconclusive: 'invalid',
  'not comparable': 'invalid',
} as const
export const meanings = {
  'no difference shown':
    'No interval excludes “no difference”, or what is shown is too small to matter. That is not a proof that both are equal.',
  better: 'A change for the better is shown, and none for the worse.',
  worse: 'A change for the worse is shown.',
  'no regression': 'Every interval lies within the bound that was given.',
  regression: 'A change for the worse is shown, and it is larger than allowed.',
  inconclusive: 'An interval lies on both sides of its bound: longer runs, or a quieter machine, would tell.',
  'not comparable': 'The results cannot be held against each other.',
} as const

export function levelText({ statements, rows, runs }: Comparison): string {
  if (rows.length === 0) return 'Nothing was compared.'
  if (runs.result > 1)
    return `Values are geometric means of the repeats; the intervals of all ${counted(statements, 'difference')} hold at once with 95 %, by the spread between the runs.`
  if (statements <= 1)
    return 'Result and baseline have their own 95 % intervals below them; differences hold with 95 %.'
  return `Result and baseline have their own 95 % intervals below them. Those of the ${counted(statements, 'difference')} in this table are wider, so that all of them hold at once with 95 %: with that many statements a chance find would else be the rule. Where nobody knows how samples bunch, because a run is short or its result does not keep it, they are three times as wide.`
}
