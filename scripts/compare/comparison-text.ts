import {
  changeSpanText,
  changeText,
  differenceSpanText,
  rowName,
  signedText,
  valueText,
} from '../../judging/comparison/difference-text.ts'
import type { ComparedRow, ComparedValue, Comparison } from '../../schemas/generated/types.ts'

const heads = ['', 'result', 'baseline', 'change', 'interval', 'verdict']

/** What `chatgauge compare` prints above its last lines. */
export function comparisonText(comparison: Comparison): string {
  const { differences, warnings, statements, regressions, rows, runs } = comparison
  const judged = rows.filter(({ isJudged, verdict }) => isJudged && verdict !== 'not comparable')
  const shown = rows.filter(({ isJudged, verdict }) => !isJudged && verdict !== 'not comparable')
  const missing = rows.filter(({ isJudged, verdict }) => isJudged && verdict === 'not comparable')
  const sections = [
    differences.map(({ name, value, baseline }) => `differs: ${name}  ${value}, baseline ${baseline}`).join('\n'),
    warnings.map(text => `note: ${text}`).join('\n'),
    judged.length === 0 ? '' : table(judged),
    missing.map(row => `not comparable: ${rowName(row)}, ${row.reason}`).join('\n'),
    shown.length === 0 || judged.length === 0 ? '' : `shown only, not judged:\n${table(shown)}`,
    statements === 0
      ? ''
      : `${statements === 1 ? 'The interval holds' : `All ${statements} intervals hold at once`} with 95 %, ${
          runs.result > 1
            ? `by the spread of ${runs.result} and ${runs.baseline} runs.`
            : 'for the chance within both runs; what changes from one run to the next only repeats show.'
        }`,
    regressions.map(({ verdict, text }) => `${verdict.toUpperCase().padEnd(12)}  ${text}`).join('\n'),
  ]
  return sections.filter(text => text !== '').join('\n\n')
}

function table(rows: readonly ComparedRow[]): string {
  const cells = [heads, ...rows.map(cellsOf)]
  const widths = heads.map((_, column) => Math.max(...cells.map(row => row[column]!.length)))
  return cells
    .map(row =>
      row
        .map((cell, column) =>
          column === 0 || column === 5 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cellsOf(row: ComparedRow): string[] {
  const { unit, value, baseline, ratio, difference, verdict } = row
  const change = ratio ? changeText(ratio.value - 1) : difference ? signedText(difference.value, unit) : '–'
  const interval = ratio ? changeSpanText(ratio) : difference ? differenceSpanText(difference, unit) : '–'
  return [rowName(row), side(value, unit), side(baseline, unit), change, interval, verdict]
}

function side(value: ComparedValue, unit: ComparedRow['unit']): string {
  return value.value === null ? '–' : valueText(value, unit)
}
