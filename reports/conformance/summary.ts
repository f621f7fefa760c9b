import type { ConformanceResult } from '../../schemas/generated/types.ts'
import { bytesOf, mostSummaryBytes } from '../page/fitting.ts'
import { code, markdownTable, md } from '../page/markdown.ts'
import type { CaseResult } from './case-text.ts'
import { areaCounts, areaTitle, basisWords, skipSentence, triedAgainSentence, verdictWords } from './reading.ts'

const signs: Record<ConformanceResult['verdict']['word'], string> = {
  pass: '✅',
  fail: '❌',
  'could not run': '❌',
  'nothing tested': '⚠️',
  interrupted: '⏸️',
}

/** A conformance result as Markdown for a pull request; what does not fit is counted. */
export function renderConformanceSummary(result: ConformanceResult): string {
  const { verdict, cases, problems, target } = result
  const head = [
    `## ${signs[verdict.word]} ${verdict.word.toUpperCase()} conform`,
    md(verdict.sentence),
    areaTable(result),
    ...(problems.length > 0 ? [problems.map(text => `- ${md(text)}`).join('\n')] : []),
  ].join('\n\n')
  const foot = `<sub>chatgauge ${md(result.tool.version)} · ${md(target.name)} · service ${md(target.service)} · seed ${result.seed} · ${result.startedAt}</sub>\n`
  const parts = (['failed', 'error', 'known failing', 'warned', 'informational'] as const).flatMap(word => {
    const own = cases.filter(each => each.verdict === word)
    return own.length === 0 ? [] : [`### ${verdictWords[word]}`, ...own.map(caseItem)]
  })
  let room = mostSummaryBytes - bytesOf(head) - bytesOf(foot) - 500
  const kept: string[] = []
  for (const part of parts) {
    room -= bytesOf(part) + 2
    if (room < 0) break
    kept.push(part)
  }
  const left = parts.length - kept.length
  const cut = left > 0 ? [`_${left} more, left out because the summary would be longer than 48 KB._`] : []
  const notes = [skipSentence(result), triedAgainSentence(result)].flatMap(text =>
    text === undefined ? [] : [md(text)],
  )
  return [head, ...kept, ...cut, ...notes, foot].join('\n\n')
}

function areaTable(result: ConformanceResult): string {
  const words = ['passed', 'failed', 'error', 'warned', 'informational', 'known failing', 'skipped'] as const
  const rows = areaCounts(result).map(({ area, counts }) => [
    md(areaTitle(area)),
    ...words.map(word => String(counts[word])),
  ])
  return markdownTable(['Area', ...words.map(word => `${word}#`)], rows)
}

function caseItem({ id, title, findings, reason }: CaseResult): string {
  const lines = findings.map(
    ({ rule, level, basis, statement, what, expected, found }) =>
      `  - ${code(rule)} ${level} (${basisWords[basis]}): ${md(statement)}\n  - ${md(what)}: expected ${md(expected)}, found ${md(found)}`,
  )
  if (reason !== undefined) lines.push(`  - ${md(reason)}`)
  return [`- **${code(id)}** ${md(title)}`, ...lines].join('\n')
}
