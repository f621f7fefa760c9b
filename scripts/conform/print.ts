import { caseDetails, caseLine } from '../../reports/conformance/case-text.ts'
import { basisWords, skipSentence, triedAgainSentence } from '../../reports/conformance/reading.ts'
import type { ConformanceResult } from '../../schemas/generated/types.ts'

const words = {
  pass: 'PASS ',
  fail: 'FAIL ',
  'could not run': 'ERROR',
  'nothing tested': 'EMPTY',
  interrupted: 'STOPPED',
} as const

const shownRules = 5

/** Sections, then what is wrong in full, then one sentence. */
export function resultText(result: ConformanceResult, isVerbose: boolean): string {
  return [...sectionLines(result, isVerbose), ...troubleLines(result, isVerbose), ...closing(result)].join('\n')
}

function sectionLines({ sections, cases }: ConformanceResult, isVerbose: boolean): string[] {
  const lines: string[] = []
  let area = ''
  for (const each of sections) {
    const own = cases.filter(found => found.area === each.area && found.section === each.section)
    if (own.length === 0) continue
    if (each.area !== area) lines.push('', each.area)
    area = each.area
    const kept = own.filter(({ verdict }) => verdict === 'passed').length
    const skipped = own.filter(({ verdict }) => verdict === 'skipped').length
    const ran = own.length - skipped
    const counts = [...(ran > 0 ? [`${kept} of ${ran}`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])]
    lines.push(`  ${each.title}: ${counts.join(', ')}`)
    const shown = isVerbose ? own : own.filter(({ verdict }) => verdict !== 'passed' && verdict !== 'skipped')
    lines.push(...shown.flatMap(found => [`    ${caseLine(found)}`, ...softFindings(found)]))
  }
  return lines
}

/** What is no failure here is told in a line each; --verbose has the story. */
function softFindings({ verdict, findings }: ConformanceResult['cases'][number]): string[] {
  if (verdict !== 'warned' && verdict !== 'informational') return []
  const lines = findings.map(
    ({ rule, basis, expected, found }) =>
      `        ${rule} (${basisWords[basis]}): expected ${firstLine(expected)}, found ${firstLine(found)}`,
  )
  return [...new Set(lines)]
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.slice(0, 120)
}

function troubleLines({ cases, problems }: ConformanceResult, isVerbose: boolean): string[] {
  const shown = cases.filter(({ verdict }) => isVerbose || verdict === 'failed' || verdict === 'error')
  const lines = shown.flatMap(found => {
    const details = caseDetails(found, isVerbose)
    return details.length === 0
      ? []
      : ['', caseLine(found), ...details.map(line => `    ${line.replaceAll('\n', '\n    ')}`)]
  })
  return [...lines, ...(problems.length > 0 ? ['', ...problems] : [])]
}

/** With many failures of one cause: which rules are named first, and how often. */
function brokenRules(cases: ConformanceResult['cases']): string[] {
  const failed = cases.filter(({ verdict }) => verdict === 'failed')
  if (failed.length < 2) return []
  const counts = Map.groupBy(failed, ({ findings }) => findings[0]?.rule ?? '')
  const sorted = [...counts].map(([rule, of]) => ({ rule, count: of.length })).toSorted((a, b) => b.count - a.count)
  const shown = sorted.slice(0, shownRules).map(({ rule, count }) => `${rule} in ${count}`)
  const more = sorted.length > shownRules ? `, and ${sorted.length - shownRules} more` : ''
  return [`broken rules, by failed cases: ${shown.join(', ')}${more}`]
}

function closing({ verdict, cases, target, seed }: ConformanceResult): string[] {
  const lines = ['', ...brokenRules(cases)]
  for (const note of [skipSentence({ cases, target }), triedAgainSentence({ cases })])
    if (note !== undefined) lines.push(note)
  const hasRun = cases.some(({ verdict: of }) => of !== 'skipped')
  if (target.absenceWindowMs > 0 && hasRun)
    lines.push(`what must not come was waited for ${target.absenceWindowMs / 1000} s: the target has no settle`)
  return [...lines, `seed ${seed}`, `${words[verdict.word]} conform: ${verdict.sentence}`]
}
