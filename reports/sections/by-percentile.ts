import type { Result, Summary } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { decades, grid, limitLine, line, logAxis, markLines, type Point, percentileAxis } from '../page/chart-look.ts'
import { figure, strokes } from '../page/figure.ts'
import { type Html, html } from '../page/html.ts'
import { msText, percentileName, percentileText } from '../page/number-text.ts'
import { table } from '../page/table.ts'
import { judgedSummary, latencyLimit, type PercentileKey, percentileKeys } from '../reading.ts'

/** The axis shows p99 even when the curve ends before. */
const shortestAxis = 100

/**
 * [share below, ms] → [1 / (1 − share), ms]. The maximum closes the curve at the number of samples; where events are
 * lost or open the curve ends before their share, for their latency is not known.
 */
export function spread({ curve, count, max, censored, overflow }: Summary): Point[] {
  const known = ((curve ?? []) as unknown as [number, number][]).filter(([share]) => share < 1)
  const drawn: Point[] = known.map(([share, value]) => [1 / (1 - share), value])
  const last = drawn.at(-1)
  const isClosed = last !== undefined && max !== null && censored + overflow === 0 && count > last[0]
  return isClosed ? [...drawn, [count, max]] : drawn
}

export function latencyByPercentile(result: Result): Html {
  const { Name, name: thing, latency } = deliveryOf(result)
  const wanted = [
    { series: latency, name: 'corrected, from the planned instant', stroke: strokes.first },
    { series: `${latency}_raw`, name: 'raw, from the real send', stroke: strokes.second },
  ]
  const drawn = wanted.flatMap(({ series, name, stroke }) => {
    const judged = judgedSummary(result, series)
    const drawnPoints = judged === undefined ? [] : spread(judged.summary)
    if (judged === undefined || drawnPoints.length === 0) return []
    return [{ name, stroke, summary: judged.summary, phase: judged.phase, points: drawnPoints }]
  })
  const first = drawn[0]
  if (first === undefined) return html`<p class="quiet">No percentile curve of the ${thing} latency was recorded.</p>`
  const limit = latencyLimit(result)
  const range = decades([
    ...drawn.flatMap(({ points }) => points.map(([, value]) => value ?? 0)),
    ...(limit === undefined ? [] : [limit.value]),
  ])
  const { summary } = first
  const said = (['p50', 'p99', 'p999'] as const).map(
    key => `${percentileName(key)} ${percentileText(summary[key], key, summary.count)}`,
  )
  return figure({
    id: 'f2',
    title: `${Name} latency by percentile`,
    description: `Corrected, ${first.phase} phase: ${said.join(', ')}, highest ${summary.max === null ? 'unknown' : `${summary.censored + summary.overflow > 0 ? 'at least ' : ''}${msText(summary.max)}`}.`,
    option: {
      grid,
      xAxis: percentileAxis(decades([shortestAxis, ...drawn.flatMap(({ points }) => points.map(([x]) => x))]).max),
      yAxis: logAxis(range, 'ms, log scale'),
      series: drawn.map(({ name, stroke, points }, i) =>
        line(
          name,
          stroke,
          points.map(([x, y]) => [x, Math.max(y ?? 0, range.min)]),
          i > 0 || limit === undefined ? {} : markLines([limitLine(limit.value, limit.name)]),
        ),
      ),
    },
    legend: drawn,
    data: table<PercentileKey>({
      caption: `${Name} latency by percentile, ${first.phase} phase`,
      columns: [
        { head: 'percentile', isHead: true, cell: percentileName },
        ...drawn.map(({ name, summary: of }) => ({
          head: name,
          kind: 'number' as const,
          cell: (key: PercentileKey) => percentileText(of[key], key, of.count),
        })),
      ],
      rows: percentileKeys,
    }),
  })
}
