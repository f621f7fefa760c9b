import { modelError } from '../../planning/capacity-plan.ts'
import type { PlanAnswer } from '../../reports/planner/answer.ts'
import {
  carriedGrid,
  figuresGrid,
  type Grid,
  limitsGrid,
  outageGrid,
  rangeGrid,
  whatIfGrid,
} from '../../reports/planner/grids.ts'
import { shareText } from '../../reports/planner/number-text.ts'
import { answerSentence, fullSentence, spareSentence } from '../../reports/planner/sentences.ts'
import { alignedLines } from '../program/columns.ts'

/** The first line is the answer; what follows is why, for someone who knows nothing of k6. */
export function planText({ plan, figures, confirmations }: PlanAnswer): string {
  return [
    answerSentence(plan, figures),
    `${fullSentence(plan)} ${spareSentence(plan)}`,
    ...plan.warnings.map(warning => `Note: ${warning}.`),
    ...section(carriedGrid(plan)),
    ...section(limitsGrid(plan)),
    ...(plan.capacity.load.pushes === 0 ? [] : section(outageGrid(plan, figures))),
    ...section(whatIfGrid(plan, figures), true),
    ...section(rangeGrid(plan), true),
    ...confirmations.map(text => `  ${text}.`),
    ...section(figuresGrid(figures)),
    '',
    `"to": what the sources leave open, and ${shareText(modelError)} for the model itself. docs/planning.md has the formulas.`,
  ].join('\n')
}

/** A heading and columns, numbers flush right. */
function section({ title, heads, numbers, rows: content }: Grid, hasHeads = false): string[] {
  const rows = hasHeads ? [heads, ...content] : content
  return ['', title, ...alignedLines(rows, column => numbers.includes(column)).map(line => `  ${line}`)]
}

/** The whole answer for another program; durations in ms, shares from 0 to 1. */
export function planJson({ plan, figures, mix, sources, confirmations }: PlanAnswer): object {
  return {
    ...{ answer: answerSentence(plan, figures), ...plan, confirmations, mix, figures },
    results: sources.map(({ name, result }) => ({ name, run: result.run, verdict: result.verdict })),
  }
}
