import type { Comparison } from '../../schemas/generated/types.ts'
import type { RegressionFinding } from '../verdict.ts'

/**
 * What a comparison adds to the reasons of a verdict. Held to bounds: each that is broken or that nobody can tell. Without
 * bounds: what is shown to be worse, in one sentence; that nothing can be told is nobody's failure then.
 */
export function regressionFindings({ word, sentence, regressions, statements }: Comparison): RegressionFinding[] {
  if (regressions.length > 0)
    return regressions.flatMap(({ verdict, metric, text }) =>
      verdict === 'pass' ? [] : [{ verdict, code: metric, text }],
    )
  if (word !== 'worse') return []
  return [{ verdict: 'fail', text: `worse than the baseline (${statements} statistics compared): ${sentence}` }]
}
