import type { ConformanceResult } from '../../schemas/generated/types.ts'
import { ruleById, rules, sections } from '../rules/catalogue.ts'
import type { BrokenRule } from '../story/broken-rule.ts'
import type { KnownFailingList } from './known-failing.ts'
import type { PerformedCase } from './perform-case.ts'
import type { PlacedCase } from './select.ts'
import { type CaseVerdict, weigh } from './verdict.ts'

export type CaseResult = ConformanceResult['cases'][number]
type RuleResult = ConformanceResult['rules'][number]

export interface Judging {
  isOurs: boolean
  knownFailing: KnownFailingList
  /** Keeps the story of cases that passed, too. */
  isVerbose: boolean
}

export function judgeCase(
  { area, section, case: each }: PlacedCase,
  outcome: PerformedCase | { skipped: string },
  { isOurs, knownFailing, isVerbose }: Judging,
): CaseResult {
  const described = {
    id: each.id,
    area,
    section,
    title: each.title,
    rules: [...each.rules],
    needs: [...(each.needs ?? [])],
  }
  if ('skipped' in outcome)
    return { ...described, verdict: 'skipped', reason: outcome.skipped, durationMs: 0, findings: [], story: [] }
  const known = knownFailing.reasonOf(each.id)
  const isUnexpected = outcome.verdict === 'failed' || outcome.verdict === 'error'
  const verdict: CaseVerdict = isUnexpected && known !== undefined ? 'known failing' : outcome.verdict
  const reason = verdict === 'known failing' ? known : outcome.problem
  return {
    ...described,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(outcome.discarded && { discarded: outcome.discarded.map(each => ({ ...each })) }),
    durationMs: Math.round(outcome.durationMs * 10) / 10,
    findings: outcome.broken.map(broken => finding(broken, isOurs)),
    story: verdict === 'passed' && !isVerbose ? [] : outcome.turns.map(turn => ({ ...turn })),
  }
}

function finding(broken: BrokenRule, isOurs: boolean): CaseResult['findings'][number] {
  const { rule: id, what, expected, found, at } = broken
  const rule = ruleById(id)
  return {
    rule: id,
    level: rule?.level ?? 'MUST',
    basis: rule?.basis ?? 'D',
    statement: rule?.statement ?? 'There is no such rule.',
    weight: weigh(broken, isOurs),
    what,
    expected,
    found,
    at,
    source: [...(rule?.source ?? []), ...(rule?.questions ?? [])],
    page: pageOf(id),
  }
}

const areaOf = new Map(sections.flatMap(({ area, rules }) => rules.map(({ id }) => [id, area] as const)))

/** Where the rule stands for people. */
export function pageOf(rule: string): string {
  return `docs/rules/${areaOf.get(rule) ?? 'README'}.md#${rule.toLowerCase()}`
}

/** Worst first: a rule is as its worst case. */
const gravity: readonly CaseVerdict[] = [
  'failed',
  'error',
  'known failing',
  'warned',
  'informational',
  'passed',
  'skipped',
]

/** Every rule in scope with what its cases say of it; a failed case speaks for the rules that it names. */
export function judgeRules(
  scope: readonly { area: string; section: string; rules: readonly string[] }[],
  cases: readonly CaseResult[],
): RuleResult[] {
  return scope.flatMap(({ area, section, rules: ids }) =>
    ids.map(id => {
      const rule = rules.find(each => each.id === id)!
      const own = cases.filter(each => each.rules.includes(id) || each.findings.some(({ rule: named }) => named === id))
      const verdicts = own.map(each => verdictFor(id, each))
      const verdict = gravity.find(each => verdicts.includes(each)) ?? 'without a case'
      const { level, basis, statement } = rule
      return { id, area, section, level, basis, statement, cases: own.map(each => each.id), verdict }
    }),
  )
}

/**
 * A case that broke another of its rules tells nothing bad of this one; where it ended there, nothing good either: the check of
 * this one may not have come.
 */
function verdictFor(id: string, { verdict, findings }: CaseResult): CaseVerdict {
  if (findings.length === 0 || verdict === 'error' || findings.some(each => each.rule === id)) return verdict
  return verdict === 'failed' || verdict === 'known failing' ? 'skipped' : 'passed'
}

export function countVerdicts(cases: readonly CaseResult[]): ConformanceResult['counts'] {
  const counts = { passed: 0, failed: 0, error: 0, warned: 0, informational: 0, skipped: 0, 'known failing': 0 }
  for (const { verdict } of cases) counts[verdict] += 1
  return counts
}

/** The first that fits; a run that was told to end is reported as far as it went. */
export function judgeRun(
  counts: ConformanceResult['counts'],
  problems: readonly string[],
  facts: { target: string; seconds: string; ruleCount: number; wasInterrupted: boolean },
): ConformanceResult['verdict'] {
  const { passed, failed, error, warned, informational, skipped } = counts
  const tested = passed + failed + error + warned + informational + counts['known failing']
  const cases = (count: number) => `${count} ${count === 1 ? 'case' : 'cases'}`
  const more = [
    [warned, 'warned'],
    [informational, 'informational'],
    [counts['known failing'], 'known failing'],
    [skipped, 'skipped'],
  ].flatMap(([count, word]) => (Number(count) > 0 ? [`${count} ${word}`] : []))
  const rest = `${more.length > 0 ? `, ${more.join(', ')}` : ''} (${facts.seconds} s)`
  const about = `${facts.target}: ${cases(tested)} of ${facts.ruleCount} rules`
  if (facts.wasInterrupted)
    return {
      word: 'interrupted',
      exit: 130,
      sentence: `${about} when it was interrupted, ${failed + error} failed${rest}`,
    }
  if (tested === 0)
    return {
      word: 'nothing tested',
      exit: 3,
      sentence: `${facts.target}: nothing was tested, all ${cases(skipped)} skipped`,
    }
  const bad = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(error > 0 ? [`${error} could not be judged`] : []),
    ...(problems.length > 0 ? [`${problems.length} wrong in the known-failing list`] : []),
  ]
  if (bad.length > 0) return { word: 'fail', exit: 1, sentence: `${about}, ${bad.join(', ')}${rest}` }
  return { word: 'pass', exit: 0, sentence: `${about}, 0 failed${rest}` }
}
