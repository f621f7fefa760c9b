import { whyUnfit } from '../judging/unfit-result.ts'
import type { Result } from '../schemas/generated/types.ts'

/** Why nothing may be planned from a result, one sentence without its name; undefined = it may. */
export function whyUnusable(result: Result): string | undefined {
  const { verdict, target, options } = result
  const unfit = whyUnfit(result)
  if (unfit !== undefined) return unfit
  if (verdict.exit === 3) return `it is inconclusive: ${verdict.sentence}`
  // Results of before the option have no transport.
  if ((options.transport ?? 'rest') !== 'rest')
    return 'its customers had CometD connections, and what these cost is not in the model'
  if (target.fault !== undefined) return `the fault ${target.fault} was planted in its server`
  return undefined
}
