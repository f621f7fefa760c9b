import type { SearchResult } from '../../schemas/generated/types.ts'
import { code, markdownTable, md } from '../page/markdown.ts'
import { amountText, p99Text, purposeText } from './trial-table.ts'

const signs = { answer: '✅', fail: '❌', 'could not run': '❌', 'no answer': '⚠️', interrupted: '⏸️' } as const
const verdictSigns = { pass: '✅', fail: '❌', inconclusive: '⚠️' } as const
/** Some hundred bytes a row: a summary stays below 48 KB. */
const mostRows = 80

/** search.json → Markdown for a pull request. */
export function renderSearchSummary(result: SearchResult): string {
  const { verdict, trials, unit, tool, seed, startedAt } = result
  const rows = trials
    .slice(-mostRows)
    .map(trial => [
      String(trial.number),
      amountText(trial.rate, unit),
      purposeText[trial.purpose],
      `${verdictSigns[trial.verdict]} ${trial.verdict}`,
      p99Text(trial),
      trial.why === '' ? '–' : md(trial.why),
      code(trial.folder),
    ])
  const heads = ['Trial#', 'Rate#', 'To', 'Verdict', 'push latency p99#', 'Why', 'Folder']
  return [
    `## ${signs[verdict.word]} ${verdict.word.toUpperCase()} find-capacity`,
    md(verdict.sentence),
    ...(rows.length < trials.length ? [`The last ${rows.length} of ${trials.length} trials:`] : []),
    ...(rows.length > 0 ? [markdownTable(heads, rows)] : []),
    `<sub>chatgauge ${md(tool.version)} · seed ${seed} · ${startedAt}</sub>\n`,
  ].join('\n\n')
}
