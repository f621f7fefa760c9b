import type { Result } from '../schemas/generated/types.ts'

/** Why the figures of a result say nothing about its target; undefined = they do. A clause without its subject's name. */
export function whyUnfit({ verdict, validity, target }: Result): string | undefined {
  const broken = validity.find(limit => !limit.ok)
  if (verdict.exit === 2) return `it could not run: ${verdict.sentence}`
  if (verdict.exit === 130) return 'it was interrupted, its load was not the planned one; run it to its end'
  if (broken) return `it is invalid (${broken.text}); its numbers measure us, not the target`
  if ((target.timeScale ?? 1) !== 1)
    return `its clock ran ${target.timeScale} times faster (--time-scale), so its times are not those of a real server`
  return undefined
}
