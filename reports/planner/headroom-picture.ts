import type { Values } from '../../planning/figure.ts'
import { firstLimit, type Machines, usedOf } from '../../planning/limits.ts'
import { type HeadroomLine, headroomBySessions } from '../../planning/plan-curves.ts'
import type { PushMix } from '../../planning/push-mix.ts'
import { grid, limitLine, line, linearAxis, markLines } from '../page/chart-look.ts'
import { figure, strokes } from '../page/figure.ts'
import type { Html } from '../page/html.ts'
import { countText, percentText } from '../page/number-text.ts'
import { table } from '../page/table.ts'
import { evenly, roundUp, sessionsAxis, uprightLine } from './axes.ts'
import { limitText } from './grids.ts'
import { machinesText, sessionsText } from './sentences.ts'

const drawnPoints = 41
/** Every how many of them stands in the table. */
const inTable = 4

/** What is free of each limit when more or fewer of the same chats come. */
export function headroomPicture(
  values: Values,
  mix: PushMix,
  machines: Machines,
  asked: { sessions: number; name: string },
): Html {
  const fullAt = values.sessions / firstLimit(usedOf(values, mix, machines)).used
  // Up to the limit, but not so far that what was asked cannot be seen any more.
  const max = roundUp(Math.max(asked.sessions * 1.3, Math.min(fullAt * 1.05, asked.sessions * 10)))
  const counts = evenly(max / drawnPoints, max, drawnPoints)
  // One program that is node and Chat Server at once has one CPU; its line would be drawn twice.
  const lines = withoutTwins(headroomBySessions(values, mix, machines, counts))
    .toSorted((a, b) => a.points.at(-1)![1] - b.points.at(-1)![1])
    .slice(0, Object.keys(strokes).length)
  const drawn = lines.map((each, at) => ({
    ...{ ...each, name: limitText(each) },
    stroke: Object.values(strokes)[at]!,
  }))
  const kept = values.headroom * 100
  const first = drawn[0]!
  return figure({
    id: 'headroom',
    title: 'Headroom against sessions, %',
    description: `What is free of each limit with ${machinesText(machines)}. ${fullAt > max ? `Nothing is full up to ${countText(max)} sessions.` : `The ${first.name} is full at about ${sessionsText(fullAt)} sessions.`}`,
    option: {
      grid,
      xAxis: sessionsAxis(max),
      yAxis: { ...linearAxis('free, %'), max: 100 },
      series: drawn.map(({ name, stroke, points }, at) =>
        line(
          name,
          stroke,
          points.map(([sessions, free]) => [sessions, free * 100]),
          at === 0 ? markLines([limitLine(kept, `${kept} % kept free`), uprightLine(asked.sessions, asked.name)]) : {},
        ),
      ),
    },
    legend: drawn,
    data: table<number>({
      caption: 'Free of each limit, by sessions',
      columns: [
        { head: 'Sessions', kind: 'number', isHead: true, cell: at => countText(Math.round(counts[at]!)) },
        ...drawn.map(({ name, points }) => ({
          ...{ head: name, kind: 'number' as const },
          cell: (at: number) => (points[at]![1] < 0 ? 'overloaded' : percentText(points[at]![1])),
        })),
      ],
      rows: counts.flatMap((_, at) => (at % inTable === 0 ? [at] : [])),
    }),
  })
}

function withoutTwins(lines: readonly HeadroomLine[]): HeadroomLine[] {
  return lines.filter(
    (each, at) =>
      !lines
        .slice(0, at)
        .some(other => other.name === each.name && other.points.every(([, free], i) => free === each.points[i]![1])),
  )
}
