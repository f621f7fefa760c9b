import type { Result } from '../../schemas/generated/types.ts'
import type { Point } from '../page/chart-look.ts'
import type { Stroke } from '../page/figure.ts'
import type { Html } from '../page/html.ts'
import { durationText, elapsedText } from '../page/number-text.ts'
import { type Column, table } from '../page/table.ts'

type Values = readonly (number | null)[]
export interface Drawn {
  /** Its name in `intervals.columns`. */
  column: string
  name: string
  stroke: Stroke
  values: Values
}

/** A table longer than this is no help to a listener; the full series is in the embedded data. */
const longestTable = 20

export function drawnColumns(result: Result, wanted: readonly (readonly [string, string, Stroke])[]): Drawn[] {
  return wanted.flatMap(([column, name, stroke]) => {
    const values = result.intervals.columns[column]
    return values?.some(value => value !== null) ? [{ column, name, stroke, values }] : []
  })
}

/** Values stand in the middle of their interval. */
export function points(result: Result, values: Values): Point[] {
  return values.map((value, i) => [Number(((i + 0.5) * result.intervals.seconds).toFixed(3)), value])
}

/** From the first chat to the end of the last interval. */
export function lengthSeconds(result: Result): number {
  return Math.max(0, ...Object.values(result.intervals.columns).map(values => values.length)) * result.intervals.seconds
}

/** Phases as bands behind the lines: what is not steady is shaded, each has its name. */
export function phaseBands(result: Result): object {
  const origin = Date.parse(result.intervals.start)
  const end = lengthSeconds(result)
  return {
    silent: true,
    label: { color: 'var(--ink-2)', fontSize: 12.5, position: 'top', distance: 6, textBorderWidth: 0 },
    data: result.phases.map(({ name, start, seconds }) => {
      const from = (Date.parse(start) - origin) / 1000
      const itemStyle = { color: 'var(--band)', opacity: name === 'steady' ? 0 : 1 }
      // A band too narrow for its name would cut the name.
      const label = { show: seconds / end > 0.07 }
      return [{ name, xAxis: Math.max(0, from), itemStyle, label }, { xAxis: Math.min(end, from + seconds) }]
    }),
  }
}

export function dataTable(
  result: Result,
  drawn: Drawn[],
  merge: (values: number[]) => number,
  text: (value: number) => string,
  how: string,
): Html {
  const rows = drawn[0]?.values.length ?? 0
  const group = Math.ceil(rows / longestTable)
  const merged = (values: Values, row: number) => {
    const known = values.slice(row * group, (row + 1) * group).filter(value => value !== null)
    return known.length === 0 ? 'no data' : text(merge(known))
  }
  const columns: Column<number>[] = [
    { head: 'from', kind: 'number', isHead: true, cell: row => elapsedText(row * group * result.intervals.seconds) },
    ...drawn.map(
      ({ name, values }): Column<number> => ({ head: name, kind: 'number', cell: row => merged(values, row) }),
    ),
  ]
  const caption = `Intervals of ${durationText(group * result.intervals.seconds)}${group > 1 ? `, ${how} of ${group} each` : ''}`
  return table({ caption, columns, rows: Array.from({ length: Math.ceil(rows / group) }, (_, row) => row) })
}

export const highest = (values: number[]) => Math.max(...values)
export const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
export const known = (values: Values): number[] => values.filter(value => value !== null)
