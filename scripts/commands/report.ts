import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isResult } from '../../schemas/generated/result-validator.js'
import type { Result } from '../../schemas/generated/types.ts'
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
    'A result is a result folder or its result.json. report.html, summary.md and junit.xml are written beside it.\nThe exit code is 0 when all were rendered, whatever their verdict.',
  async run({ words }) {
    if (words.length === 0) {
      throw new UserError('report needs a result: a result folder or a result.json; see chatgauge report --help')
    }
    // ECharts takes a while to load; the other commands should not wait for it.
    const { writeReports } = await import('../../reports/write-reports.ts')
    // All are read before the first is written: a wrong name must not leave half of the work done.
    for (const { path, result } of words.map(readResult)) {
      const { html } = writeReports(dirname(path), result)
      console.log(`${result.verdict.word.toUpperCase().padEnd(4)}  ${result.verdict.sentence}\n      ${html}`)
    }
    return 0
  },
}

/** @throws UserError when there is no result, or a file that is none. */
export function readResult(word: string): { path: string; result: Result } {
  const path = statSync(word, { throwIfNoEntry: false })?.isDirectory() ? join(word, 'result.json') : word
  let result: unknown
  try {
    result = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new UserError(isMissing ? `there is no ${path}` : `${path} cannot be read: ${(error as Error).message}`)
  }
  if (isResult(result)) return { path, result }
  const [first] = isResult.errors ?? []
  throw new UserError(
    `${path} is no chatgauge result: ${first?.instancePath || 'the whole file'} ${first?.message ?? ''}`,
  )
}
