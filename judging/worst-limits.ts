import type { ValidityLimit } from '../schemas/generated/types.ts'

/** The validity limits of one part of a run, for its merged result. */
export interface PartLimits {
  /** 'part 3 of 4' */
  name: string
  limits: readonly ValidityLimit[]
}

/** Of these the smaller value is the worse one. */
const leastIsWorst = new Set(['sent_share', 'common_steady'])

/**
 * A generator that was too weak spoils the whole run, however well the others did: each limit is the worst of the parts'
 * and of the merged figures, told by the worst part that broke it.
 */
export function worstLimits(merged: readonly ValidityLimit[], parts: readonly PartLimits[]): ValidityLimit[] {
  const names = new Set([...merged, ...parts.flatMap(({ limits }) => limits)].map(({ name }) => name))
  return [...names].map(name => {
    const ours = merged.filter(limit => limit.name === name)
    const theirs = parts.flatMap(part =>
      part.limits
        .filter(limit => limit.name === name)
        .map(limit => ({ ...limit, text: `${part.name}: ${limit.text}` })),
    )
    const worst = worstOf([...ours, ...theirs])
    const broken = worstOf(theirs.filter(({ ok }) => !ok))
    return { ...worst!, ...(broken && { ok: false, text: broken.text }) }
  })
}

function worstOf(limits: readonly ValidityLimit[]): ValidityLimit | undefined {
  return limits.reduce<ValidityLimit | undefined>(
    (worst, limit) => (worst && !isWorse(limit, worst) ? worst : limit),
    undefined,
  )
}

function isWorse(limit: ValidityLimit, than: ValidityLimit): boolean {
  if (limit.ok !== than.ok) return !limit.ok
  if (limit.value === null || than.value === null) return than.value === null && limit.value !== null
  return leastIsWorst.has(limit.name) ? limit.value < than.value : limit.value > than.value
}
