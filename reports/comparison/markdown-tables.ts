import { rowName } from '../../judging/comparison/difference-text.ts'
import type { ComparedRow, Regression, Result } from '../../schemas/generated/types.ts'
import { code, markdownTable, md } from '../page/markdown.ts'
import { ownInterval, shownChange, sideText } from './row-text.ts'
import { levelText } from './words.ts'

const rowSigns = { better: '✅ ', worse: '❌ ', 'no difference shown': '', 'not comparable': '⚠️ ' } as const
const regressionSigns = { pass: '✅', fail: '❌', inconclusive: '⚠️' } as const

/** What `--baseline` found, in the summary of a run. */
export function comparisonSection({ comparison }: Result): string {
  if (!comparison) return ''
  const { word, sentence, baseline, regressions, rows } = comparison
  const judged = rows.filter(({ isJudged }) => isJudged)
  return [
    '### Against the baseline',
    `**${word}**: ${md(sentence)}. Baseline: run ${md(baseline.run)}, ${baseline.startedAt}`,
    ...(regressions.length === 0 ? [] : [boundsTable(regressions)]),
    ...(judged.length === 0 ? [] : [levelText(comparison), rowsTable(judged)]),
  ].join('\n\n')
}

export function boundsTable(regressions: readonly Regression[]): string {
  const rows = regressions.map(({ limit, verdict, text }) => [
    code(limit),
    `${regressionSigns[verdict]} ${verdict}`,
    md(text),
  ])
  return markdownTable(['Bound', 'Verdict', 'In words'], rows)
}

export function rowsTable(rows: readonly ComparedRow[]): string {
  const heads = ['Statistic', 'Result#', 'Baseline#', 'Change#', 'Interval#', 'Verdict']
  return markdownTable(
    heads,
    rows.map(row => {
      const { value, interval } = shownChange(row)
      const side = (of: ComparedRow['value']) => {
        const own = ownInterval(of)
        return `${sideText(of, row.unit)}${own === '' ? '' : ` (${own})`}`
      }
      const why = row.verdict === 'not comparable' ? `: ${md(row.reason)}` : ''
      return [
        code(rowName(row)),
        side(row.value),
        side(row.baseline),
        value,
        interval === '' ? '–' : interval,
        `${rowSigns[row.verdict]}${row.verdict}${why}`,
      ]
    }),
  )
}
