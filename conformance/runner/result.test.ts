import { expect, it } from 'vitest'
import { type CaseResult, judgeRules } from './result.ts'

const rules = ['CV2-002', 'CV2-035']
const scope = [{ area: 'chat-v2', section: 'transport', rules }]

function result(
  verdict: CaseResult['verdict'],
  broken: readonly string[],
  cites: readonly string[] = rules,
): CaseResult {
  const findings = broken.map(rule => ({ rule }) as CaseResult['findings'][number])
  const id = `CV2-002/${verdict}`
  const common = { id, area: 'chat-v2', section: 'transport', title: '', needs: [], durationMs: 1, story: [] }
  return { ...common, rules: [...cites], verdict, findings }
}
const verdicts = (...cases: CaseResult[]) => judgeRules(scope, cases).map(each => each.verdict)

it.each([
  ['passed', [], ['passed', 'passed']],
  // The story went on.
  ['informational', ['CV2-035'], ['passed', 'informational']],
  // The story ended there.
  ['failed', ['CV2-035'], ['skipped', 'failed']],
  ['known failing', ['CV2-035'], ['skipped', 'known failing']],
  ['error', [], ['error', 'error']],
] as const)('a case that %s by %j says of its two rules %j', (verdict, broken, expected) => {
  expect(verdicts(result(verdict, broken))).toEqual(expected)
})

it('a rule is as its worst case, and another case can still prove it', () => {
  const ended = result('failed', ['CV2-035'])
  expect(verdicts(ended, result('passed', [], ['CV2-002']))).toEqual(['passed', 'failed'])
})

it('a rule that no case tried is without a case', () => {
  expect(verdicts()).toEqual(['without a case', 'without a case'])
})
