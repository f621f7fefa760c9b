import { expect, test } from 'vitest'
import { mostSummaryBytes } from './page/fitting.ts'
import { readSample, sampleNames } from './samples/read-sample.ts'
import { renderSummary } from './summary.ts'

// A plain .txt: a formatter of Markdown would change what is compared.
test.each(sampleNames)('summary of sample %s', async name => {
  await expect(renderSummary(readSample(name))).toMatchFileSnapshot(`./golden/${name}.md.txt`)
})

test('texts from outside do not become markup, table borders or mentions', () => {
  const result = readSample('fail')
  result.verdict.reasons = [{ exit: 1, kind: 'threshold', text: '<img src=x> | @team `x` [a](b) *b* #12\n# head' }]
  const summary = renderSummary(result)
  expect(summary).toContain('- &lt;img src=x> \\| &#64;team \\`x\\` \\[a\\](b) \\*b\\* \\#12 \\# head\n')
})

test('sections that do not fit are left out whole and named', () => {
  const result = readSample('fail')
  const what = 'something long that is wrong '.repeat(12)
  result.violations.byRule = Array.from({ length: 500 }, (_, i) => ({ rule: `CV2-${i}`, count: 1, what, judged: true }))
  const summary = renderSummary(result)
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(mostSummaryBytes)
  expect(summary).toContain(
    '_Left out because the summary would be longer than 48 KB: rule violations. See report.html._',
  )
  expect(summary).not.toContain('CV2-1')
  expect(summary).toContain('### Thresholds')
})

test('failed requests are told by kind, the most frequent ten', () => {
  const result = readSample('pass')
  const kind = (error: number) => ({ operation: 'send', outcome: `statusCode 2, error ${error}`, count: 99 - error })
  const [first, last] = [result.startedAt, result.endedAt]
  result.failures = Array.from({ length: 12 }, (_, i) => ({ ...kind(i), first, last, sample: `{"<b>|${i}"}` }))
  const summary = renderSummary(result)
  expect(summary).toContain('| `send` | statusCode 2, error 0 | 99 | {"&lt;b>\\|0"} |')
  expect(summary).not.toContain('error 10')
  expect(summary).toContain('2 more kinds in the report.')
})
