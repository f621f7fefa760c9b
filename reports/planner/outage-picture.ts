import type { Values } from '../../planning/figure.ts'
import { queueByOutage } from '../../planning/plan-curves.ts'
import { onlyMode, type PushMix } from '../../planning/push-mix.ts'
import { grid, line, linearAxis, markLines } from '../page/chart-look.ts'
import { figure, strokes } from '../page/figure.ts'
import type { Html } from '../page/html.ts'
import { countText } from '../page/number-text.ts'
import { table } from '../page/table.ts'
import { evenly, outageAxis, uprightLine } from './axes.ts'
import { longestText } from './grids.ts'
import { durationText } from './number-text.ts'

const drawnPoints = 41
const inTable = 4
const shortestMs = 120_000
const longestMs = 3_600_000

/** Pushes that wait after the receiver hung for so long, and what would keep them fewer. */
export function outagePicture(values: Values, mix: PushMix, nodes: number, longestThatDrainsMs: number): Html {
  const isKnown = Number.isFinite(longestThatDrainsMs)
  const wanted = Math.max(values.outageMs * 2, isKnown ? longestThatDrainsMs * 1.5 : 0)
  const maxMs = Math.min(longestMs, Math.max(shortestMs, Math.ceil(wanted / 60_000) * 60_000))
  const outages = evenly(0, maxMs, drawnPoints).slice(1)
  const delayMs = values.resendDelayMs * 4
  const cases = [
    { name: 'as it is', values, mix },
    ...(mix.reliable > 0
      ? [
          {
            name: `flex-push-resend-delay ${durationText(delayMs)}`,
            values: { ...values, resendDelayMs: delayMs },
            mix,
          },
          { name: 'with payload, never repeated', values, mix: onlyMode('payload') },
        ]
      : []),
  ]
  const drawn = cases.map((each, at) => ({
    ...each,
    stroke: Object.values(strokes)[at]!,
    points: queueByOutage(each.values, each.mix, nodes, outages),
  }))
  const atOutage = Math.round(queueByOutage(values, mix, nodes, [values.outageMs])[0]![1])
  return figure({
    id: 'outage',
    title: 'Pushes that wait after an outage of the receiver',
    description: `On the busiest node. After ${durationText(values.outageMs)} ${countText(atOutage)} wait. The longest outage that drains by itself: ${longestText(longestThatDrainsMs)}.`,
    option: {
      grid,
      xAxis: outageAxis(maxMs),
      yAxis: linearAxis('pushes that wait'),
      series: drawn.map(({ name, stroke, points }, at) =>
        line(
          name,
          stroke,
          [[0, 0], ...points.map(([ms, queued]): [number, number] => [ms / 1_000, queued])],
          at === 0 && isKnown && longestThatDrainsMs > 0 && longestThatDrainsMs < maxMs
            ? markLines([
                uprightLine(longestThatDrainsMs / 1_000, 'beyond: never drains', longestThatDrainsMs > maxMs / 2),
              ])
            : {},
        ),
      ),
    },
    legend: drawn,
    data: table<number>({
      caption: 'Pushes that wait on the busiest node, by length of the outage',
      columns: [
        { head: 'Outage', kind: 'number', isHead: true, cell: at => durationText(outages[at]!) },
        ...drawn.map(({ name, points }) => ({
          ...{ head: name, kind: 'number' as const },
          cell: (at: number) => countText(Math.round(points[at]![1])),
        })),
      ],
      rows: outages.flatMap((_, at) => ((at + 1) % inTable === 0 ? [at] : [])),
    }),
  })
}
