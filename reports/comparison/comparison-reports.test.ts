import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isResult } from '../../schemas/generated/result-validator.js'
import { renderReport } from '../html-report.ts'
import { renderJunit } from '../junit.ts'
import { mostSummaryBytes } from '../page/fitting.ts'
import { renderSummary } from '../summary.ts'
import { renderComparisonHtml } from './html.ts'
import { sampleComparison, sampleNames } from './sample.ts'
import { renderComparisonSummary } from './summary.ts'
import { writeComparison } from './write-comparison.ts'

describe.each(sampleNames)('comparison %s', name => {
  const compared = sampleComparison(name)
  const page = renderComparisonHtml(compared)

  test('page and Markdown are the stored ones', async () => {
    // Pictures and style sheet are those of all pages.
    const text = page
      .replace(/<style>[\s\S]*?<\/style>/g, '<style></style>')
      .replace(/(<svg role="img"[^>]*>)[\s\S]*?<\/svg>/g, '$1</svg>')
      .replace(/(<script type="application\/json" id="comparison">)[\s\S]*?<\/script>/, '$1</script>')
    await expect(text).toMatchFileSnapshot(`../golden/comparison/${name}.html.txt`)
    await expect(renderComparisonSummary(compared)).toMatchFileSnapshot(`../golden/comparison/${name}.md.txt`)
  })

  test('the same bytes each time, its data whole, nothing fetched, no hostile text alive', () => {
    expect(renderComparisonHtml(sampleComparison(name))).toBe(page)
    const data = /<script type="application\/json" id="comparison">([\s\S]*?)<\/script>/.exec(page)![1]!
    expect(JSON.parse(data)).toEqual(compared.comparison)
    expect(page.match(/<script/g)).toHaveLength(1)
    expect(page.replace(data, '')).not.toMatch(/undefined|NaN|Infinity|\[object|\s(src|href)="https?:/)
  })

  test('in the result of a run it is valid, and in each report of it', () => {
    const result = { ...compared.results[0]!, comparison: compared.comparison }
    isResult(result)
    expect(isResult.errors ?? []).toEqual([])
    const report = renderReport(result)
    expect(report).toContain('<h2 id="baseline">Against the baseline</h2>')
    expect(renderReport(JSON.parse(JSON.stringify(result))) === report).toBe(true)
    expect(renderSummary(result)).toContain('### Against the baseline')
    const cases = [...renderJunit(result).matchAll(/<testcase name="([^"]* against the baseline)"[^>]*>(?:<(\w+))?/g)]
    expect(cases.map(([, , outcome = 'passed']) => outcome)).toEqual(
      name === 'bounded' ? ['failure', 'passed', 'error'] : [],
    )
  })
})

test('both curves stand in one picture, the baseline dashed', () => {
  const page = renderComparisonHtml(sampleComparison('worse'))
  const picture = /<svg role="img"[^>]*aria-labelledby="c1-t c1-d">[\s\S]*?<\/svg>/.exec(page)![0]
  expect(picture).toContain('<title id="c1-t">push_latency by percentile, both runs</title>')
  const lines = [...picture.matchAll(/<path[^>]*stroke="var\(--s([12])\)"[^>]*>/g)]
  expect(lines.map(([line, color]) => [color, line.includes('stroke-dasharray')])).toEqual([
    ['1', false],
    ['2', true],
  ])
})

test('a comparison that is too long for a comment is cut whole sections at a time, and says so', () => {
  const compared = sampleComparison('worse')
  const long = Array.from({ length: 600 }, (_, at) => ({ name: `--x${at}`, value: 'y'.repeat(300), baseline: 'z' }))
  const summary = renderComparisonSummary({ ...compared, comparison: { ...compared.comparison, differences: long } })
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(mostSummaryBytes)
  expect(summary).toContain('See comparison.html.')
})

test('page and Markdown stand side by side under the name that was asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-comparison-'))
  writeComparison(join(folder, 'ours.html'), sampleComparison('same'))
  expect(readdirSync(folder).toSorted()).toEqual(['ours.html', 'ours.md'])
  rmSync(folder, { recursive: true })
})
