import { unlikeLoads } from '../../judging/comparison/likeness.ts'
import { whyUnfit } from '../../judging/unfit-result.ts'
import { parseRegressionBound, type RegressionBound } from '../../protocol/regression-bound.ts'
import type { Comparison, Result } from '../../schemas/generated/types.ts'
import { readResult } from '../program/read-result.ts'
import { UserError } from '../program/user-error.ts'

/** What a run is held against. */
export interface Baseline {
  /** As it was given. */
  path: string
  result: Result
  bounds: readonly RegressionBound[]
}

/** Reads `--baseline` of a run. @throws UserError when the run, once made, could not be compared with it. */
export function readBaseline(
  path: string,
  bounds: readonly string[],
  planned: Pick<Result, 'scenario' | 'options'>,
): Baseline {
  const { result } = readResult(path)
  const why = whyUnfit(result)
  if (why !== undefined) throw new UserError(`--baseline ${path} cannot be compared with: ${why}`)
  const unlike = unlikeLoads(planned, result)
  if (unlike.length > 0) throw new UserError(`--baseline ${path} is of another load: ${unlikeText(unlike, 'this run')}`)
  return { path, result, bounds: bounds.map(parseRegressionBound) }
}

/** '--sessions 500 in this run, 2000 in the baseline; …' */
export function unlikeText(differences: Comparison['differences'], who: string): string {
  return differences
    .map(({ name, value, baseline }) => `${name} ${value} in ${who}, ${baseline} in the baseline`)
    .join('; ')
}
