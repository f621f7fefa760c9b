import type { ConformanceResult } from '../../schemas/generated/types.ts'
import { basisWords } from './reading.ts'

export type CaseResult = ConformanceResult['cases'][number]

const signs: Record<CaseResult['verdict'], string> = {
  passed: '✓',
  failed: '✗',
  error: '✗',
  warned: '!',
  informational: 'i',
  skipped: '–',
  'known failing': '~',
}
/** What is shown of a message without --verbose. */
const shownCharacters = 600

/** One line. */
export function caseLine({ id, title, verdict, reason }: CaseResult): string {
  const word =
    verdict === 'passed' || verdict === 'failed' ? '' : `  [${verdict}${reason ? `: ${firstLine(reason)}` : ''}]`
  return `${signs[verdict]} ${id}  ${title}${word}`
}

/** All that a person needs to see what is wrong; nothing for a case that passed, unless it is verbose. */
export function caseDetails(result: CaseResult, isVerbose: boolean): string[] {
  const { findings, story, reason, verdict, discarded = [] } = result
  const isQuiet = findings.length === 0 && reason === undefined && discarded.length === 0
  if (verdict === 'skipped' || (isQuiet && !isVerbose)) return []
  const lines: string[] = []
  for (const { rule, level, basis, statement, what, expected, found, at, source, page } of findings) {
    lines.push(
      row('rule', `${rule} ${level} (${basisWords[basis]}): ${statement}`),
      row('broken', what.includes(at) ? what : `${what} at ${at}`),
      row('expected', expected),
      row('found', found),
      row('read', [page, ...source].join('; ')),
    )
  }
  if (reason !== undefined) lines.push(row('because', reason))
  for (const { stoodStillMs, found } of discarded)
    lines.push(
      row('discarded', `a try in which the suite itself stood still for ${stoodStillMs} ms, and found ${found}`),
    )
  story.forEach((turn, at) => {
    const isLast = at === story.findLastIndex(each => each.request !== undefined || each.answer !== undefined)
    lines.push(row(at === 0 ? 'story' : '', `${at + 1}. ${turn.said}`))
    if (!isVerbose && !isLast) return
    if (turn.request !== undefined) lines.push(...block('request', turn.request, isVerbose))
    if (turn.answer !== undefined) lines.push(...block('answer', turn.answer, isVerbose))
  })
  return lines
}

function row(name: string, text: string): string {
  return `${name.padEnd(9)} ${text.replaceAll('\n', `\n${' '.repeat(10)}`)}`
}

function block(name: string, text: string, isWhole: boolean): string[] {
  const shown = isWhole ? text : shortened(text)
  return [row(name, shown)]
}

/** What the whole head says rarely matters: its first line, the content type and what the story is about are kept. */
const shownHeaders = /^(content-type|allow|www-authenticate): /

function shortened(text: string): string {
  const [head = '', ...rest] = text.split('\n\n')
  const [line, ...headers] = head.split('\n')
  const first = [line, ...headers.filter(each => shownHeaders.test(each))].join('\n')
  const body = rest.join('\n\n')
  const cut = body.length > shownCharacters ? `${body.slice(0, shownCharacters)}… (${body.length} characters)` : body
  return cut === '' ? first : `${first}\n${cut}`
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!
}
