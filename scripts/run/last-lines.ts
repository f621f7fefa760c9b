import { relative } from 'node:path'
import type { Result } from '../../schemas/generated/types.ts'

/** The last lines on stdout: the verdict in one sentence, then the report's path. */
export function lastLines({ verdict }: Result, report: string, from = process.cwd()): string {
  return linesOf(verdictLabels[verdict.exit], verdict.sentence, report, from)
}

export function linesOf(word: string, sentence: string, report: string, from = process.cwd()): string {
  const path = relative(from, report)
  return `${word}  ${sentence}\n${' '.repeat(word.length + 2)}${path.startsWith('..') ? report : path}`
}

/** What is wrong with the clocks, where the verdict's sentence is about something else; undefined = nothing. */
export function clockLine({ validity, verdict }: Result): string | undefined {
  const broken = validity.filter(({ name, ok }) => clockLimits.has(name) && !ok)
  const texts = broken.map(({ text }) => text).filter(text => !verdict.sentence.includes(text))
  return texts.length === 0 ? undefined : `clocks: ${texts.join('; ')}`
}

const clockLimits = new Set(['wall_clock_jumps', 'clock_steps', 'clock_bound', 'negative_share'])

const verdictLabels: Record<Result['verdict']['exit'], string> = {
  0: 'PASS',
  1: 'FAIL',
  2: 'COULD NOT RUN',
  3: 'INVALID',
  130: 'INTERRUPTED',
}
