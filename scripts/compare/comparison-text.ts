import { rowName } from '../../judging/comparison/difference-text.ts'
import { rowGroups, shownChange, sideText } from '../../reports/comparison/row-text.ts'
import type { ComparedRow, Comparison } from '../../schemas/generated/types.ts'
import { alignedLines } from '../program/columns.ts'

const heads = ['', 'result', 'baseline', 'change', 'interval', 'verdict']

/** What `chatgauge compare` prints above its last lines. */
export function comparisonText(comparison: Comparison): string {
  const { differences, warnings, statements, regressions, rows, runs } = comparison
  const { judged, missing, shownOnly } = rowGroups(rows)
  const sections = [
    differences.map(({ name, value, baseline }) => `differs: ${name}  ${value}, baseline ${baseline}`).join('\n'),
    warnings.map(text => `note: ${text}`).join('\n'),
    judged.length === 0 ? '' : table(judged),
    missing.map(row => `not comparable: ${rowName(row)}, ${row.reason}`).join('\n'),
    shownOnly.length === 0 || judged.length === 0 ? '' : `shown only, not judged:\n${table(shownOnly)}`,
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
  return alignedLines([heads, ...rows.map(cellsOf)], column => column > 0 && column < heads.length - 1).join('\n')
}

function cellsOf(row: ComparedRow): string[] {
  const { unit, value, baseline, verdict } = row
  const change = shownChange(row)
  return [
    ...[rowName(row), sideText(value, unit), sideText(baseline, unit)],
    ...[change.value, change.interval === '' ? '–' : change.interval, verdict],
  ]
}
