import type { Result, Summary } from '../../schemas/generated/types.ts'
import { decades, grid, line, logAxis, percentileAxis } from '../page/chart-look.ts'
import { figure, strokes } from '../page/figure.ts'
import { type Html, html } from '../page/html.ts'
import { percentileName, percentileText } from '../page/number-text.ts'
import { table } from '../page/table.ts'
import { type PercentileKey, percentileKeys } from '../reading.ts'
import { spread } from '../sections/by-percentile.ts'

/** The axis shows p99 even when both curves end before. */
const shortestAxis = 100

/** Both percentile curves of a series in one picture, the baseline dashed. */
export function bothCurves(series: string, id: string, results: readonly Result[], baselines: readonly Result[]): Html {
  const sides = [
    ...results.map(run => ({ name: `result, run ${run.run}`, stroke: strokes.first, run })),
    ...baselines.map(run => ({ name: `baseline, run ${run.run}`, stroke: strokes.second, run })),
  ].flatMap(({ name, stroke, run }) => {
    const summary = run.metrics[series]?.steady
    return summary && (summary.curve?.length ?? 0) > 0 ? [{ name, stroke, summary, points: spread(summary) }] : []
  })
  if (sides.length === 0) return html``
  const range = decades(sides.flatMap(({ points }) => points.map(([, value]) => value ?? 0)))
  const title = `${series} by percentile, ${results.length > 1 ? 'all' : 'both'} runs`
  return figure({
    id,
    title,
    description: `Steady phase, corrected. ${sides.map(({ name, summary }) => `${name}: ${said(summary)}`).join('; ')}.`,
    option: {
      grid,
      xAxis: percentileAxis(decades([shortestAxis, ...sides.flatMap(({ points }) => points.map(([x]) => x))]).max),
      yAxis: logAxis(range, 'ms, log scale'),
      series: sides.map(({ name, stroke, points }) =>
        line(
          name,
          stroke,
          points.map(([x, y]) => [x, Math.max(y ?? 0, range.min)]),
        ),
      ),
    },
    legend: sides,
    data: table<PercentileKey>({
      caption: title,
      columns: [
        { head: 'percentile', isHead: true, cell: percentileName },
        ...sides.map(({ name, summary }) => ({
          head: name,
          kind: 'number' as const,
          cell: (key: PercentileKey) => percentileText(summary[key], key, summary.count),
        })),
      ],
      rows: percentileKeys,
    }),
  })
}

function said(summary: Summary): string {
  return (['p50', 'p99'] as const)
    .map(key => `${percentileName(key)} ${percentileText(summary[key], key, summary.count)}`)
    .join(', ')
}
