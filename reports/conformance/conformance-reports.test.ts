import { expect, it } from 'vitest'
import { isConformanceResult } from '../../schemas/generated/conformance-result-validator.js'
import { caseDetails, caseLine } from './case-text.ts'
import { renderConformanceHtml } from './html.ts'
import { renderConformanceJunit } from './junit.ts'
import { triedAgainSentence } from './reading.ts'
import { sampleResult } from './sample.ts'
import { renderConformanceSummary } from './summary.ts'

it('the sample is a conformance result', () => {
  expect([isConformanceResult(sampleResult), isConformanceResult.errors]).toEqual([true, null])
})

it('JUnit (vitest -u writes it)', async () => {
  await expect(renderConformanceJunit(sampleResult)).toMatchFileSnapshot('../golden/conformance/junit.xml')
})

it('Markdown summary (vitest -u writes it)', async () => {
  await expect(renderConformanceSummary(sampleResult)).toMatchFileSnapshot('../golden/conformance/summary.md.txt')
})

it('HTML page (vitest -u writes it)', async () => {
  await expect(renderConformanceHtml(sampleResult)).toMatchFileSnapshot('../golden/conformance/report.html.txt')
})

it('a summary of a thousand failures stays below 48 KB and says how many are left out', () => {
  const [, failed] = sampleResult.cases
  const cases = Array.from({ length: 1000 }, (_, i) => ({ ...failed!, id: `CV2-085/n${i}` }))
  const summary = renderConformanceSummary({ ...sampleResult, cases })
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(48 * 1024)
  expect(summary).toMatch(/_\d+ more, left out because/)
})

it('on the console a failure says all that a person needs, shortened', () => {
  const [passed, failed] = sampleResult.cases
  expect(caseLine(passed!)).toBe('✓ CV2-087/after-send  nextPosition counts the message')
  expect(caseDetails(passed!, false)).toEqual([])
  expect(caseDetails(failed!, false)).toEqual([
    'rule      CV2-085 MUST (documented, its edge observed): Refresh from n returns the events from n on.',
    'broken    a value is different at /messages/0',
    'expected  "<b>three</b>" & ]]>',
    'found     | four `x` \u0000',
    'read      docs/rules/chat-v2.md#cv2-085; API Responses',
    'story     1. customer refreshes → 200',
    'request   POST http://gms.test/x\n          content-type: application/x-www-form-urlencoded\n          secureKey=…',
    `answer    HTTP 200\n          content-type: application/json\n          ${'x'.repeat(600)}… (700 characters)`,
  ])
})

it('a case that passed in a second try says what is not believed of the first', () => {
  const [passed] = sampleResult.cases
  const discarded = [{ stoodStillMs: 900, found: 'CV2-087: a value is different' }]
  const result = { ...sampleResult, cases: [{ ...passed!, discarded }] }
  const told = 'a try in which the suite itself stood still for 900 ms, and found CV2-087: a value is different'
  expect(caseDetails(result.cases[0]!, false)).toEqual([`discarded ${told}`])
  expect(renderConformanceJunit(result)).toContain(`<system-out>discarded ${told}</system-out>`)
  expect(triedAgainSentence(result)).toBe(
    '1 case was tried again because the suite itself stood still, for up to 900 ms: CV2-087/after-send',
  )
})
