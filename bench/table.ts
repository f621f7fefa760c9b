import { cpus, totalmem } from 'node:os'
import type { BenchCase, BenchResult } from './case.ts'

export interface BenchRow {
  benchCase: BenchCase
  result: BenchResult
}

/** The table as Markdown: `bench/RESULTS.md` and, line by line, the terminal. */
export function renderTable(rows: readonly BenchRow[], at: Date): string {
  const lines = rows.map(({ benchCase, result }) =>
    [
      '',
      benchCase.name,
      benchCase.what,
      benchCase.bound,
      result.figure,
      result.absolute,
      result.verdict + (result.note ? ` (${result.note})` : ''),
      '',
    ].join(' | '),
  )
  return [
    '# Bench results',
    '',
    `${placeAndTime(at)}. Ratios hold elsewhere, absolute figures do not.`,
    '',
    '| name | what | bound | figure (spread) | absolute | verdict |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines.map(line => line.trim()),
    '',
    ...rows.map(row => renderSection(row, at)).filter(section => section !== ''),
  ].join('\n')
}

/** What a case has to show beyond its row, under its name; '' = nothing. */
export function renderSection({ benchCase, result }: BenchRow, at: Date): string {
  if (result.section === undefined) return ''
  const figure = `${result.figure} (${benchCase.bound}).`
  return [`## ${benchCase.name}`, '', `${placeAndTime(at)}. ${figure}`, '', result.section, ''].join('\n')
}

function placeAndTime(at: Date): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  return `${at.toISOString().slice(0, 16)}Z on ${machine}`
}
