import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { sampleComparison } from './comparison/sample.ts'
import { renderComparisonSummary } from './comparison/summary.ts'
import { sampleResult } from './conformance/sample.ts'
import { renderConformanceSummary } from './conformance/summary.ts'
import { mostSummaryBytes } from './page/fitting.ts'
import { hostileText, longWord, withHostileTexts } from './samples/hostile.ts'
import { readSample, sampleNames } from './samples/read-sample.ts'
import { sampleSearch } from './search/sample.ts'
import { renderSearchSummary } from './search/summary.ts'
import { renderSummary } from './summary.ts'

// Read by a parser of GitHub Flavored Markdown, whose table, HTML and code rules GitLab shares.

const htmlOf = (markdown: string) =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
const tagsOf = (html: string) => [...html.matchAll(/<\/?([a-z]\w*)[^>]*>/g)].map(([tag]) => tag)

const summaries: Record<string, string> = {
  ...Object.fromEntries(sampleNames.map(name => [name, renderSummary(readSample(name))])),
  conform: renderConformanceSummary(sampleResult),
  search: renderSearchSummary(sampleSearch),
  compare: renderComparisonSummary(sampleComparison('worse')),
}

describe.each(Object.entries(summaries))('summary of %s', (_, markdown) => {
  test('has tables whose rows are all as wide as their head', () => {
    const rows = markdown.split('\n').filter(line => line.startsWith('| '))
    const widths = rows.map(row => row.match(/(?<!\\)\|/g)?.length)
    const heads = rows.flatMap((_row, at) => (/^\|[ :-]+-[ :|-]*\|$/.test(rows[at + 1] ?? '') ? [at] : []))
    const wrong = rows.filter((_row, at) => widths[at] !== widths[heads.findLast(head => head <= at) ?? -1])
    expect(wrong).toEqual([])
    expect(htmlOf(markdown).match(/<table>/g)?.length ?? 0).toBe(heads.length)
    expect(heads.length).toBeGreaterThan(0)
  })

  test('leaves no markup as text, and closes what it opens', () => {
    const html = htmlOf(markdown)
    expect(html.replace(/<(code|pre)>[\s\S]*?<\/\1>/g, '')).not.toMatch(/\*\*|^#|^\||\|---/m)
    const open: string[] = []
    for (const [, slash, tag] of html.matchAll(/<(\/?)(?!br|hr|img|input)([a-z]\w*)[^>]*>/g)) {
      if (slash === '') open.push(tag!)
      else expect(open.pop()).toBe(tag)
    }
    expect(open).toEqual([])
  })
})

test.each([
  ['markup of Markdown', '*b* _i_ ~~s~~ `c` ``` [a](b) ![i](j) [x]: y <b> | \\| & &lt; # 1. - > $x$ !1 #1 @team'],
  ['blocks of Markdown', 'a\n\n# head\n\n- item\n\n| a | b |\n| - | - |\n\n```\ncode\n```\n\n> quote\n\n---\n'],
  ['addresses', 'https://example.com www.example.com mail@example.com <https://example.com>'],
  ['the start of a line', '- item'],
  ['text that breaks out of HTML', hostileText],
])('%s in every place changes nothing but the text', (_, text) => {
  const markdown = renderSummary(withHostileTexts(text))
  expect(tagsOf(htmlOf(markdown))).toEqual(tagsOf(htmlOf(renderSummary(withHostileTexts('word')))))
})

test('words of 10 KB in every place leave out whole sections and say so', () => {
  const markdown = renderSummary(withHostileTexts(longWord))
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(mostSummaryBytes)
  expect(markdown).toMatch(
    /\n_Left out because the summary would be longer than 48 KB: what was run\. See report\.html\._\n/,
  )
  expect(tagsOf(htmlOf(markdown)).filter(tag => /details/.test(tag))).toEqual(['<details>', '</details>'])
})
