import { code, markdownTable, md } from '../page/markdown.ts'
import { mostSummaryBytes } from '../summary.ts'
import type { Compared } from './html.ts'
import { boundsTable, rowsTable } from './markdown-tables.ts'
import { levelText, meanings } from './words.ts'

const signs = {
  'no difference shown': '✅',
  better: '✅',
  'no regression': '✅',
  worse: '❌',
  regression: '❌',
  inconclusive: '⚠️',
  'not comparable': '⚠️',
} as const
/** A comparison → Markdown for a pull request; sections that do not fit are left out whole, the last first. */
export function renderComparisonSummary({ comparison, results, baselines }: Compared): string {
  const [result, baseline] = [results[0]!, baselines[0]!]
  const { word, sentence, warnings, regressions, rows, differences } = comparison
  const judged = rows.filter(({ isJudged }) => isJudged)
  const others = rows.filter(({ isJudged }) => !isJudged)
  const head = `## ${signs[word]} ${word.toUpperCase()} ${md(result.scenario)}\n\n${md(sentence)}\n\n${meanings[word]}`
  const foot = `<sub>chatgauge ${md(result.tool.version)} · run ${md(result.run)} (${result.startedAt}) against ${md(baseline.run)} (${baseline.startedAt})</sub>\n`
  const changes = differences.map(({ name, value, baseline: before }) => [code(name), md(value), md(before)])
  const sections = [
    warnings.map(text => `- ${md(text)}`).join('\n'),
    regressions.length === 0 ? '' : `### Allowed regression\n\n${boundsTable(regressions)}`,
    judged.length === 0 ? '' : `### Differences\n\n${levelText(comparison)}\n\n${rowsTable(judged)}`,
    changes.length === 0 ? '' : `### What differs\n\n${markdownTable(['What', 'Result', 'Baseline'], changes)}`,
    others.length === 0
      ? ''
      : `<details><summary>Shown only, in no verdict</summary>\n\n${rowsTable(others)}\n\n</details>`,
  ]
  let room = mostSummaryBytes - Buffer.byteLength(head + foot) - 200
  const kept = sections.filter(text => {
    const size = Buffer.byteLength(text) + 2
    if (text === '' || size > room) return false
    room -= size
    return true
  })
  const isCut = kept.length < sections.filter(text => text !== '').length
  const cut = isCut ? ['_Cut, as it would be longer than 48 KB; comparison.html has all of it._'] : []
  return [head, ...kept, ...cut, foot].join('\n\n')
}
