import type { Values } from '../../planning/figure.ts'
import { type CostPoint, costPerThousand } from '../../planning/plan-curves.ts'
import type { PushMix } from '../../planning/push-mix.ts'
import { decades, grid, line, logAxis, markLines } from '../page/chart-look.ts'
import { figure, strokes } from '../page/figure.ts'
import { type Html, html } from '../page/html.ts'
import { countText, threeDigits } from '../page/number-text.ts'
import { table } from '../page/table.ts'
import { sessionsLogAxis, uprightLine } from './axes.ts'

const perDecade = 20
const inTable = 5

/** Machines per 1,000 sessions: what the next thousand costs, from a tenth of what was asked to ten times as much. */
export function costPicture(values: Values, mix: PushMix, asked: { sessions: number; name: string }): Html {
  const counts = Array.from({ length: perDecade * 2 + 1 }, (_, at) =>
    Math.round((asked.sessions / 10) * 10 ** (at / perDecade)),
  )
  const points = costPerThousand(
    values,
    mix,
    [...new Set(counts)].filter(count => count > 0),
  )
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined)
    return html`<p class="quiet">No number of machines is enough, so there is no cost to draw.</p>`
  const drawn = [
    { name: 'both', stroke: strokes.first, of: (point: CostPoint) => point.perThousand },
    { name: 'GMS nodes', stroke: strokes.second, of: (point: CostPoint) => (point.nodes / point.sessions) * 1_000 },
    {
      name: 'Chat Servers',
      stroke: strokes.third,
      of: (point: CostPoint) => (point.chatServers / point.sessions) * 1_000,
    },
  ]
  const range = decades(drawn.flatMap(({ of }) => points.map(of)))
  return figure({
    id: 'cost',
    title: 'Cost per 1,000 sessions, in machines',
    description: `GMS nodes and Chat Servers together: ${threeDigits(first.perThousand)} per 1,000 sessions at ${countText(first.sessions)}, ${threeDigits(last.perThousand)} at ${countText(last.sessions)}. It falls until the first machines are full.`,
    option: {
      grid,
      xAxis: sessionsLogAxis({ min: first.sessions, max: last.sessions }),
      yAxis: logAxis(range, 'machines per 1,000 sessions, log scale'),
      series: drawn.map(({ name, stroke, of }, at) =>
        line(
          name,
          stroke,
          points.map(point => [point.sessions, of(point)]),
          at === 0 ? markLines([uprightLine(asked.sessions, asked.name)]) : {},
        ),
      ),
    },
    legend: drawn,
    data: table<CostPoint>({
      caption: 'Machines by sessions',
      columns: [
        { head: 'Sessions', kind: 'number', isHead: true, cell: ({ sessions }) => countText(sessions) },
        { head: 'GMS nodes', kind: 'number', cell: ({ nodes }) => countText(nodes) },
        { head: 'Chat Servers', kind: 'number', cell: ({ chatServers }) => countText(chatServers) },
        { head: 'Both per 1,000 sessions', kind: 'number', cell: ({ perThousand }) => threeDigits(perThousand) },
      ],
      rows: points.filter((_, at) => at % inTable === 0),
    }),
  })
}
