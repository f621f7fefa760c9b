import {
  changeSpanText,
  changeText,
  differenceSpanText,
  signedText,
  valueText,
} from '../../judging/comparison/difference-text.ts'
import type { ComparedRow, ComparedValue } from '../../schemas/generated/types.ts'
import { threeDigits } from '../page/number-text.ts'

/** '9.30 to 11.2', as each result has it for itself. */
export function ownInterval({ low, high }: ComparedValue): string {
  if (low === undefined) return ''
  return high === undefined ? `${threeDigits(low)} or more` : `${threeDigits(low)} to ${threeDigits(high)}`
}

export function sideText(side: ComparedValue, unit: ComparedRow['unit']): string {
  return side.value === null ? '–' : valueText(side, unit)
}

interface SpanText {
  value: string
  /** Empty = there is none. */
  interval: string
}

const nothing: SpanText = { value: '–', interval: '' }

export function differenceText({ difference, unit }: ComparedRow): SpanText {
  return difference
    ? { value: signedText(difference.value, unit), interval: differenceSpanText(difference, unit) }
    : nothing
}

export function ratioText({ ratio }: ComparedRow): SpanText {
  return ratio ? { value: changeText(ratio.value - 1), interval: changeSpanText(ratio) } : nothing
}

/** Where there is room for one of both: the share, which a reader can hold against other statistics. */
export function shownChange(row: ComparedRow): SpanText {
  return row.ratio ? ratioText(row) : differenceText(row)
}

interface RowGroups {
  judged: ComparedRow[]
  /** Judged, but one side has none or too little of it. */
  missing: ComparedRow[]
  shownOnly: ComparedRow[]
}

export function rowGroups(rows: readonly ComparedRow[]): RowGroups {
  const isComparable = ({ verdict }: ComparedRow) => verdict !== 'not comparable'
  const judged = rows.filter(({ isJudged }) => isJudged)
  return {
    judged: judged.filter(isComparable),
    missing: judged.filter(row => !isComparable(row)),
    shownOnly: rows.filter(row => !row.isJudged && isComparable(row)),
  }
}
