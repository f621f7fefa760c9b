import { fitted } from '../page/fitting.ts'
import { code, markdownTable, md } from '../page/markdown.ts'
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

/** A comparison → Markdown for a pull request. */
export function renderComparisonSummary({ comparison, results, baselines }: Compared): string {
  const [result, baseline] = [results[0]!, baselines[0]!]
  const { word, sentence, warnings, regressions, rows, differences } = comparison
  const judged = rows.filter(({ isJudged }) => isJudged)
  const others = rows.filter(({ isJudged }) => !isJudged)
  const head = `## ${signs[word]} ${word.toUpperCase()} ${md(result.scenario)}\n\n${md(sentence)}\n\n${meanings[word]}`
  const foot = `<sub>chatgauge ${md(result.tool.version)} · run ${md(result.run)} (${result.startedAt}) against ${md(baseline.run)} (${baseline.startedAt})</sub>\n`
  const changes = differences.map(({ name, value, baseline: before }) => [code(name), md(value), md(before)])
  const sections = [
    { name: 'warnings', text: warnings.map(text => `- ${md(text)}`).join('\n') },
    {
      name: 'allowed regression',
      text: regressions.length === 0 ? '' : `### Allowed regression\n\n${boundsTable(regressions)}`,
    },
    {
      name: 'differences',
      text: judged.length === 0 ? '' : `### Differences\n\n${levelText(comparison)}\n\n${rowsTable(judged)}`,
    },
    {
      name: 'what differs',
      text: changes.length === 0 ? '' : `### What differs\n\n${markdownTable(['What', 'Result', 'Baseline'], changes)}`,
    },
    {
      name: 'what is only shown',
      text:
        others.length === 0
          ? ''
          : `<details><summary>Shown only, in no verdict</summary>\n\n${rowsTable(others)}\n\n</details>`,
    },
  ]
  return fitted(head, sections, foot, 'comparison.html')
}
