import { ruleById } from '../rules/catalogue.ts'
import type { BrokenRule } from '../story/broken-rule.ts'

/** How a case ended. `error` = the suite is wrong or could not do what the story asks. */
export type CaseVerdict = 'passed' | 'failed' | 'error' | 'warned' | 'informational' | 'skipped' | 'known failing'

/**
 * What a broken rule is on this target. Our own server is held to everything. Elsewhere only what is documented can fail:
 * SHOULD and what was observed are warnings, our own decisions are information (docs/rules/README.md, basis).
 */
export function weigh(
  { rule: id, isEdge }: Pick<BrokenRule, 'rule' | 'isEdge'>,
  isOurs: boolean,
): 'failed' | 'warned' | 'informational' {
  if (isOurs) return 'failed'
  const rule = ruleById(id)
  if (!rule || rule.basis === 'X' || (rule.basis === 'DX' && isEdge)) return 'informational'
  if (rule.basis === 'O' || (rule.basis === 'DO' && isEdge)) return 'warned'
  return rule.level === 'MUST' ? 'failed' : 'warned'
}
