import type { Summary } from '../../schemas/generated/types.ts'
import { decades, grid, limitLine, line, logAxis, markLines, type Point, percentileAxis } from '../page/chart-look.ts'
import { figure, type Stroke } from '../page/figure.ts'
import type { Html } from '../page/html.ts'
import { percentileName, percentileText } from '../page/number-text.ts'
import { table } from '../page/table.ts'
import { type PercentileKey, percentileKeys } from '../reading.ts'

/** The axis shows p99 even when the curves end before. */
const shortestAxis = 100

export interface Curve {
  name: string
  stroke: Stroke
  summary: Summary
}

export interface PercentileFigure {
  id: string
  title: string
  description: string
  /** Above the table. */
  caption: string
  /** At least one. */
  curves: readonly Curve[]
  limit?: { value: number; name: string } | undefined
}

export function hasCurve({ curve }: Summary): boolean {
  return (curve?.length ?? 0) > 0
}

/**
 * [share below, ms] → [1 / (1 − share), ms]. The maximum closes the curve at the number of samples; where events are
 * lost or open the curve ends before their share, for their latency is not known.
 */
function spread({ curve, count, max, censored, overflow }: Summary): Point[] {
  const known = ((curve ?? []) as unknown as [number, number][]).filter(([share]) => share < 1)
  const drawn: Point[] = known.map(([share, value]) => [1 / (1 - share), value])
  const last = drawn.at(-1)
  const isClosed = last !== undefined && max !== null && censored + overflow === 0 && count > last[0]
  return isClosed ? [...drawn, [count, max]] : drawn
}

/** Curves over 1 / (1 − share), each with its percentiles in the table; the limit before them. */
export function percentileFigure({ id, title, description, caption, curves, limit }: PercentileFigure): Html {
  const drawn = curves.map(curve => ({ ...curve, points: spread(curve.summary) }))
  const all = drawn.flatMap(({ points }) => points)
  const range = decades([...all.map(([, value]) => value ?? 0), ...(limit === undefined ? [] : [limit.value])])
  return figure({
    id,
    title,
    description,
    option: {
      grid,
      xAxis: percentileAxis(decades([shortestAxis, ...all.map(([x]) => x)]).max),
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
      caption,
      columns: [
        { head: 'percentile', isHead: true, cell: percentileName },
        ...drawn.map(({ name, summary }) => ({
          head: name,
          kind: 'number' as const,
          cell: (key: PercentileKey) => percentileText(summary[key], key, summary.count),
        })),
      ],
      rows: percentileKeys,
    }),
  })
}

/** 'p50 3.1 ms, p99 11.2 ms' */
export function percentilesText(summary: Summary, keys: readonly PercentileKey[]): string {
  return keys.map(key => `${percentileName(key)} ${percentileText(summary[key], key, summary.count)}`).join(', ')
}
