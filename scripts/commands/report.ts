import { dirname } from 'node:path'
import type { Command } from '../program/command.ts'
import { isSearch, readResult, readSearch } from '../program/read-result.ts'
import { UserError } from '../program/user-error.ts'

export const report: Command = {
  name: 'report',
  summary: 'renders a stored result again, byte for byte the same',
  words: '<result…>',
  options: [],
  examples: [
    { line: 'chatgauge report reports/out/2026-11-20T23-20-11Z-async-chat', does: 'renders the reports of one run' },
    { line: 'chatgauge report reports/out/*', does: 'renders those of all runs, for example after an update' },
  ],
  notes:
    'A result is a result folder or its result.json, or the folder of find-capacity. report.html, summary.md and junit.xml are\nwritten beside it.\nThe exit code is 0 when all were rendered, whatever their verdict.',
  async run({ words }) {
    if (words.length === 0) {
      throw new UserError('report needs a result: a result folder or a result.json; see chatgauge report --help')
    }
    const searches = words.filter(isSearch).map(readSearch)
    // ECharts takes a while to load; the other commands should not wait for it.
    const { writeReports } = await import('../../reports/write-reports.ts')
    // All are read before the first is written: a wrong name must not leave half of the work done.
    const results = words.filter(word => !isSearch(word)).map(readResult)
    for (const { path, result } of results) {
      const { html } = writeReports(dirname(path), result)
      console.log(`${result.verdict.word.toUpperCase().padEnd(4)}  ${result.verdict.sentence}\n      ${html}`)
    }
    if (searches.length === 0) return 0
    const { writeSearchReports } = await import('../../reports/search/write-search-reports.ts')
    for (const { path, result } of searches) {
      const { html } = writeSearchReports(dirname(path), result)
      console.log(`${result.verdict.word.toUpperCase()}  ${result.verdict.sentence}\n      ${html}`)
    }
    return 0
  },
}
