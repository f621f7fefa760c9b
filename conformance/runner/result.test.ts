import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rules as allRules } from '../rules/catalogue.ts'
import { type CaseResult, judgeRules, pageOf } from './result.ts'

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

it('the page that a finding names has its rule', () => {
  const pages = new Map<string, string>()
  const missing = allRules.filter(({ id }) => {
    const [page, anchor] = pageOf(id).split('#') as [string, string]
    if (!pages.has(page)) pages.set(page, readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8'))
    return !pages.get(page)!.includes(`<a id="${anchor}"></a>`)
  })
  expect(missing.map(({ id }) => `${id} in ${pageOf(id)}`)).toEqual([])
})
