import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isSearchResult } from '../../schemas/generated/search-result-validator.js'
import { renderSearchHtml } from './html.ts'
import { rateOfService } from './reading.ts'
import { sampleSearch } from './sample.ts'
import { renderSearchSummary } from './summary.ts'
import { writeSearchReports } from './write-search-reports.ts'

const page = renderSearchHtml(sampleSearch)

it('the sample is what the schema says', () => {
  expect([isSearchResult(sampleSearch), isSearchResult.errors]).toEqual([true, null])
})

it('the same search gives the same bytes', () => {
  expect(renderSearchHtml(structuredClone(sampleSearch))).toBe(page)
})

it('the page says the answer first, shows each trial by shape and colour, and nothing runs in it', () => {
  expect(page).toContain('<h1><span class="mark" aria-hidden="true">✓</span> ANSWER</h1>')
  expect(page).toContain('the thresholds hold up to 158 pushes/s and no longer at 161/s')
  for (const tone of ['good', 'bad', 'unsure']) expect(page).toContain(`fill="var(--${tone})"`)
  expect(page).toContain('<a href="trials/03-161/report.html">')
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page.match(/<\/script>/g)).toHaveLength(1)
  expect(page).not.toContain('<b>|late')
  expect(page).not.toMatch(/(src|href)="https?:/)
})

it('a search without trials and without an answer is a page, too', () => {
  const { answer: _, ...rest } = sampleSearch
  const verdict = { ...sampleSearch.verdict, exit: 2, word: 'could not run', reason: 'stopped' } as const
  expect(renderSearchHtml({ ...rest, verdict, trials: [] })).toContain('No trial was finished.')
})

it('the summary is a table of the trials, its texts harmless and of a length that fits a comment', () => {
  const summary = renderSearchSummary(sampleSearch)
  expect(summary).toContain('## ✅ ANSWER find-capacity')
  expect(summary).toContain(
    '| 2 | 160 pushes/s | grow | ⚠️ inconclusive | 12.4 ms | &lt;/script>&lt;b>\\|late | `trials/02-160` |',
  )
  const many = Array.from({ length: 400 }, () => ({ ...sampleSearch.trials[1]!, why: 'x'.repeat(1000) }))
  expect(Buffer.byteLength(renderSearchSummary({ ...sampleSearch, trials: many }))).toBeLessThan(48 * 1024)
})

it('nodes that post one after the other push as often as their service time allows', () => {
  expect(rateOfService(sampleSearch)).toBeCloseTo(1000 / 6.21, 9)
  const two = { ...sampleSearch, target: { ...sampleSearch.target, gmsNodes: 2 } }
  expect(rateOfService(two)).toBeCloseTo(2000 / 6.21, 9)
  expect(rateOfService({ ...sampleSearch, vary: 'messages' })).toBeUndefined()
})

it('both reports stand in the folder and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-search-'))
  writeSearchReports(folder, sampleSearch)
  expect(readdirSync(folder).toSorted()).toEqual(['report.html', 'summary.md'])
  rmSync(folder, { recursive: true })
})
