import { whyUnfit } from '../judging/unfit-result.ts'
import type { Result } from '../schemas/generated/types.ts'

/** Why nothing may be planned from a result, one sentence without its name; undefined = it may. */
export function whyUnusable(result: Result): string | undefined {
  const { verdict, target } = result
  const unfit = whyUnfit(result)
  if (unfit !== undefined) return unfit
  if (verdict.exit === 3) return `it is inconclusive: ${verdict.sentence}`
  if (target.fault !== undefined) return `the fault ${target.fault} was planted in its server`
  return undefined
}
