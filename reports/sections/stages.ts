import type { Result } from '../../schemas/generated/types.ts'
import { elapsedAxis, grid, line, linearAxis } from '../page/chart-look.ts'
import { figure, strokes } from '../page/figure.ts'
import { type Html, html } from '../page/html.ts'
import { countText, durationText, elapsedText, msText, percentText } from '../page/number-text.ts'
import { fill, rectangles } from '../page/rectangles.ts'
import { type Column, table } from '../page/table.ts'
import { lengthSeconds, phaseBands } from './interval-columns.ts'
import { type StageMeans, stageMeans, stages, stagesByPhase, wholeMs } from './stage-means.ts'

/** Columns of the picture, so that each is wide enough to be seen, and rows of its table. */
const mostColumns = 60
const mostRows = 30

const colours = [fill('var(--s3)', 0.55), fill('var(--s2)'), fill('var(--s1)', 0.75), fill('var(--s4)', 0.45)] as const

interface Row extends StageMeans {
  name: string
}

/** Where the time of a push goes. Means, for only they add up: the medians of the stages are not the median of the whole. */
export function pushStages(result: Result): Html {
  const byPhase = stagesByPhase(result)
  const whole = byPhase.at(-1)
  if (whole === undefined) return html`<p class="quiet">${absence(result)}</p>`
  const drawn = grouped(result, mostColumns)
  const told = grouped(result, mostRows)
  const shown = byPhase.find(({ name }) => name === 'steady') ?? whole
  const parts = stages.map(({ name, stage }, at) => ({ name, stage, stroke: colours[at]! }))
  const below = ({ means }: StageMeans, place: number) =>
    stages.slice(0, place).reduce((sum, { stage }) => sum + means[stage], 0)
  return html`${figure({
    id: 'fs',
    title: 'Mean time of a push by stage',
    description: `Mean per stage of the pushes that were answered in ${durationText(drawn.seconds)}, stacked from the Chat Server (bottom) to the answer of the receiver (top). ${shown.name === 'steady' ? 'Steady phase' : 'Whole run'}: ${msText(wholeMs(shown))} in all, most of it ${longest(shown)}.`,
    option: {
      grid,
      xAxis: elapsedAxis(lengthSeconds(result)),
      yAxis: linearAxis('ms, mean'),
      series: [
        line('', strokes.first, [], { markArea: phaseBands(result) }),
        ...parts.map(({ name, stage, stroke }, place) =>
          rectangles(
            name,
            stroke,
            drawn.rows
              .filter(({ means }) => means[stage] > 0)
              .map(row => ({
                from: row.from + gap * drawn.seconds,
                to: row.from + (1 - gap) * drawn.seconds,
                bottom: below(row, place),
                top: below(row, place + 1),
              })),
          ),
        ),
      ],
    },
    legend: parts.toReversed(),
    shaded: 'warm-up and drain',
    data: stageTable(
      `Mean per stage in intervals of ${durationText(told.seconds)}`,
      told.rows.map(row => ({ name: elapsedText(row.from), ...row })),
      'from',
    ),
  })}
${stageTable('Mean per stage, by the phase in which the event was accepted', byPhase, 'Phase')}
<p class="quiet">${stages.map(({ name, from, to }) => `${name}: ${from} until ${to}`).join('; ')}. Of ${countText(whole.pushes)} pushes the target’s trace and the receiver know every instant; those whose first POST never came are not among them, and where the node gave it up, that ends its way. The first three stages are <code>push_pipeline</code>, the last two <code>push_service_time</code>.</p>`
}

/** Share of a column on either side that is left free. */
const gap = 0.04

/** At most so many stretches of time; `from` in seconds. */
function grouped(result: Result, most: number) {
  const count = result.intervals.columns.staged?.length ?? 0
  const group = Math.max(1, Math.ceil(count / most))
  const seconds = group * result.intervals.seconds
  const rows = Array.from({ length: Math.ceil(count / group) }, (_, at) => at).flatMap(at => {
    const of = stageMeans(result, interval => Math.floor(interval / group) === at)
    return of === undefined ? [] : [{ from: at * seconds, ...of }]
  })
  return { seconds, rows }
}

function absence({ metrics, ledger, nodes = [] }: Result): string {
  if (ledger.posts === 0) return 'No push came, so there are no stages of a push.'
  if (nodes.some(({ sent = 0 }) => sent > 0))
    return 'The stages of a push are not known: the target’s trace was there, but no push names its event (mode device-id).'
  if (metrics.queue_wait !== undefined)
    return 'The stages of a push were not kept in this result; queue_wait and push_service_time are below.'
  return 'The stages of a push are not known: this target streams no trace, and from outside only the whole way can be seen.'
}

/** 'in the queue of the node (62 %)' */
function longest(of: StageMeans): string {
  const most = stages.toSorted((a, b) => of.means[b.stage] - of.means[a.stage])[0]!
  return `${most.name} (${percentText(of.means[most.stage] / wholeMs(of))})`
}

function stageTable(caption: string, rows: readonly Row[], head: string): Html {
  const columns: Column<Row>[] = [
    { head, isHead: true, cell: ({ name }) => name },
    { head: 'Pushes', kind: 'number', cell: ({ pushes }) => countText(pushes) },
    ...stages.map(
      ({ name, stage }): Column<Row> => ({ head: name, kind: 'number', cell: ({ means }) => msText(means[stage]) }),
    ),
    { head: 'Whole way', kind: 'number', cell: row => msText(wholeMs(row)) },
  ]
  return table({ caption, columns, rows })
}
