import type { Result } from '../../schemas/generated/types.ts'
import { decades, elapsedAxis, grid, limitLine, line, linearAxis, logAxis, type Point } from '../page/chart-look.ts'
import { figure, type Stroke, strokes } from '../page/figure.ts'
import { type Html, html } from '../page/html.ts'
import { countText, elapsedText, msText, rateText, threeDigits } from '../page/number-text.ts'
import { type Column, table } from '../page/table.ts'
import { pushLatencyLimit } from '../reading.ts'

type Values = readonly (number | null)[]
interface Drawn {
  name: string
  stroke: Stroke
  values: Values
}

/** A table longer than this is no help to a listener; the full series is in the embedded data. */
const longestTable = 60

function drawnColumns(result: Result, wanted: readonly (readonly [string, string, Stroke])[]): Drawn[] {
  return wanted.flatMap(([column, name, stroke]) => {
    const values = result.intervals.columns[column]
    return values?.some(value => value !== null) ? [{ name, stroke, values }] : []
  })
}

/** Values stand in the middle of their interval. */
function points(result: Result, values: Values): Point[] {
  return values.map((value, i) => [Number(((i + 0.5) * result.intervals.seconds).toFixed(3)), value])
}

function length(result: Result): number {
  return Math.max(0, ...Object.values(result.intervals.columns).map(values => values.length)) * result.intervals.seconds
}

/** Phases as bands behind the lines: what is not steady is shaded, each has its name. */
function phaseBands(result: Result): object {
  const origin = Date.parse(result.intervals.start)
  const end = length(result)
  return {
    silent: true,
    label: { color: 'var(--ink-2)', fontSize: 12.5, position: 'insideTop', distance: 4, textBorderWidth: 0 },
    data: result.phases.map(({ name, start, seconds }) => {
      const from = (Date.parse(start) - origin) / 1000
      const itemStyle = { color: 'var(--band)', opacity: name === 'steady' ? 0 : 1 }
      // A band too narrow for its name would cut the name.
      const label = { show: seconds / end > 0.07 }
      return [{ name, xAxis: Math.max(0, from), itemStyle, label }, { xAxis: Math.min(end, from + seconds) }]
    }),
  }
}

function dataTable(result: Result, drawn: Drawn[], merge: (values: number[]) => number, text: (value: number) => string, how: string): Html {
  const rows = drawn[0]?.values.length ?? 0
  const group = Math.ceil(rows / longestTable)
  const merged = (values: Values, row: number) => {
    const known = values.slice(row * group, (row + 1) * group).filter(value => value !== null)
    return known.length === 0 ? 'no data' : text(merge(known))
  }
  const columns: Column<number>[] = [
    { head: 'from', kind: 'number', isHead: true, cell: row => elapsedText(row * group * result.intervals.seconds) },
    ...drawn.map(({ name, values }): Column<number> => ({ head: name, kind: 'number', cell: row => merged(values, row) })),
  ]
  const caption = `Intervals of ${threeDigits(group * result.intervals.seconds)} s${group > 1 ? `, ${how} of ${group} each` : ''}`
  return table({ caption, columns, rows: Array.from({ length: Math.ceil(rows / group) }, (_, row) => row) })
}

const highest = (values: number[]) => Math.max(...values)
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const known = (values: Values) => values.filter(value => value !== null)

export function latencyOverTime(result: Result): Html {
  const drawn = drawnColumns(result, [
    ['push_latency_max', 'max', strokes.fourth],
    ['push_latency_p99', 'p99', strokes.second],
    ['push_latency_p90', 'p90', strokes.third],
    ['push_latency_p50', 'p50', strokes.first],
  ])
  if (drawn.length === 0) return html`<p class="quiet">No push latency was measured over time.</p>`
  const limit = pushLatencyLimit(result)
  const all = drawn.flatMap(({ values }) => known(values))
  const range = decades([...all, ...(limit === undefined ? [] : [limit.value])])
  const peak = highest(all)
  const at = drawn[0]?.values.findIndex(value => value === peak) ?? 0
  const medians = known(drawn.at(-1)?.values ?? [])
  return figure({
    id: 'f1',
    title: 'Push latency over time',
    description: `Per ${threeDigits(result.intervals.seconds)} s, from the planned instant. Median ${threeDigits(Math.min(...medians))} to ${msText(highest(medians))}; highest ${msText(peak)}${at < 0 ? '' : ` at ${elapsedText((at + 0.5) * result.intervals.seconds)}`}.`,
    option: {
      grid,
      xAxis: elapsedAxis(length(result)),
      yAxis: logAxis(range, 'ms, log scale'),
      series: drawn.map(({ name, stroke, values }, i) =>
        line(
          name,
          stroke,
          points(result, values).map(([x, y]) => [x, y === null ? null : Math.max(y, range.min)]),
          i > 0 ? {} : { markArea: phaseBands(result), ...(limit === undefined ? {} : { markLine: limitLine(limit.value, limit.name) }) },
        ),
      ),
    },
    legend: drawn.toReversed(),
    data: dataTable(result, drawn.toReversed(), highest, msText, 'the highest value'),
  })
}

function plainSeries(result: Result, id: string, title: string, unit: string, drawn: Drawn[], text: (value: number) => string, height?: number): Html {
  if (drawn.length === 0) return html``
  return figure({
    id,
    title,
    description: `${drawn.map(({ name, values }) => `${name} at most ${text(highest(known(values)))}`).join(', ')}.`,
    option: {
      grid,
      xAxis: elapsedAxis(length(result)),
      yAxis: linearAxis(unit),
      series: drawn.map(({ name, stroke, values }, i) => line(name, stroke, points(result, values), i > 0 ? {} : { markArea: phaseBands(result) })),
    },
    legend: drawn,
    data: dataTable(result, drawn, mean, text, 'the mean'),
    ...(height === undefined ? {} : { height }),
  })
}

export function ratesOverTime(result: Result): Html {
  const rates = drawnColumns(result, [
    ['pushes', 'pushes', strokes.first],
    ['messages', 'customer messages', strokes.second],
    ['refreshes', 'refreshes', strokes.third],
    ['pings', 'pings', strokes.fourth],
  ])
  return plainSeries(result, 'f3', 'Rates over time', 'per second', rates, rateText)
}

export function sessionsOverTime(result: Result): Html {
  const live = drawnColumns(result, [['sessions_live', 'chats live', strokes.first]])
  return plainSeries(result, 'f4', 'Chats live', 'chats', live, value => countText(Math.round(value)), 220)
}
