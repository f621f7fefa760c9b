import type { Result } from '../schemas/generated/types.ts'

/** Why nothing may be planned from a result, one sentence without its name; undefined = it may. */
export function whyUnusable(result: Result): string | undefined {
  const { verdict, validity, target } = result
  const broken = validity.find(limit => !limit.ok)
  if (verdict.exit === 2) return `it could not run: ${verdict.sentence}`
  if (verdict.exit === 130) return 'it was interrupted, its load was not the planned one; run it to its end'
  if (broken) return `it is invalid (${broken.text}); its numbers measure us, not the target`
  if (verdict.exit === 3) return `it is inconclusive: ${verdict.sentence}`
  if ((target.timeScale ?? 1) !== 1)
    return `its clock ran ${target.timeScale} times faster (--time-scale), so its times are not those of a real server`
  if (target.fault !== undefined) return `the fault ${target.fault} was planted in its server`
  return undefined
}
