import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { renderReport } from './html-report.ts'
import { renderJunit } from './junit.ts'
import { readSample } from './samples/read-sample.ts'
import { renderSummary } from './summary.ts'
import { writeReports } from './write-reports.ts'

const folder = mkdtempSync(join(tmpdir(), 'chatgauge-reports-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the three reports stand in the folder and nothing else', () => {
  const result = readSample('pass')
  const written = writeReports(join(folder, 'new'), result)
  expect(readdirSync(join(folder, 'new')).toSorted()).toEqual(['junit.xml', 'report.html', 'summary.md'])
  expect([written.html, written.summary, written.junit].map(path => readFileSync(path, 'utf8'))).toEqual([
    renderReport(result),
    renderSummary(result),
    renderJunit(result),
  ])
})
