import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Guard, isResult } from '../../schemas/generated/result-validator.js'
import { isSearchResult } from '../../schemas/generated/search-result-validator.js'
import type { Result, SearchResult } from '../../schemas/generated/types.ts'
import type { Command } from '../program/command.ts'
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

/** What find-capacity leaves has no result.json of its own. */
function isSearch(word: string): boolean {
  return basename(word) === 'search.json' || existsSync(join(word, 'search.json'))
}

function readSearch(word: string): { path: string; result: SearchResult } {
  return readChecked(basename(word) === 'search.json' ? word : join(word, 'search.json'), isSearchResult)
}

/** @throws UserError when there is no result, or a file that is none. */
export function readResult(word: string): { path: string; result: Result } {
  return readChecked(
    statSync(word, { throwIfNoEntry: false })?.isDirectory() ? join(word, 'result.json') : word,
    isResult,
  )
}

function readChecked<Kind>(path: string, isValid: Guard<Kind>): { path: string; result: Kind } {
  let result: unknown
  try {
    result = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new UserError(isMissing ? `there is no ${path}` : `${path} cannot be read: ${(error as Error).message}`)
  }
  if (isValid(result)) return { path, result }
  const [first] = isValid.errors ?? []
  throw new UserError(
    `${path} is no chatgauge result: ${first?.instancePath || 'the whole file'} ${first?.message ?? ''}`,
  )
}
