import type { Result } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import { decades, elapsedAxis, grid, line, logAxis } from '../page/chart-look.ts'
import { figure, strokes } from '../page/figure.ts'
import { type Html, html } from '../page/html.ts'
import { counted, countText, durationText, elapsedText, msText, threeDigits } from '../page/number-text.ts'
import { fill, type Rectangle, rectangles } from '../page/rectangles.ts'
import { table } from '../page/table.ts'
import { type BlockValues, blockValues, type HeatCell, heatCells, levelEnds, rowsOfDecade } from './heat-cells.ts'
import { lengthSeconds, phaseBands } from './interval-columns.ts'

/** Rows of the data table. */
const longestTable = 20

/** Time × latency, each cell as dark as it has pushes: two modes and stalls, which percentiles blur, can be seen. */
export function latencyHeatMap(result: Result): Html {
  const { Name, Names, latency, names } = deliveryOf(result)
  const blocks = blockValues(result, latency)
  const all = blocks.flat()
  if (all.length === 0) return html`<p class="quiet">${absence(result)}</p>`
  const { every = 1 } = result.intervals.blocks ?? {}
  const blockSeconds = every * result.intervals.seconds
  const range = decades(all.map(([ms]) => ms))
  const perDecade = rowsOfDecade(Math.log10(range.max / range.min))
  const cells = heatCells(blocks, range.min, perDecade)
  const ends = levelEnds(Math.max(...cells.map(({ count }) => count)))
  const levels = ends.map((end, level) => ({
    name: levelName(end, ends[level + 1], names),
    stroke: fill('var(--s1)', Number((0.16 + (0.84 * level) / Math.max(1, ends.length - 1)).toFixed(2))),
    cells: cells.filter(({ count }) => count >= end && count < (ends[level + 1] ?? Number.POSITIVE_INFINITY)),
  }))
  const msAt = (row: number) => range.min * 10 ** (row / perDecade)
  return figure({
    id: 'fh',
    title: `${Name} latency as a heat map`,
    description: described(result, blocks, cells, blockSeconds, msAt),
    option: {
      grid,
      xAxis: elapsedAxis(lengthSeconds(result)),
      yAxis: logAxis(range, 'ms, log scale'),
      series: [
        ...levels.map(({ name, stroke, cells: of }) => rectangles(name, stroke, runs(of, blockSeconds, msAt))),
        line('', strokes.first, [], { markArea: bordered(result) }),
      ],
    },
    legend: levels,
    data: dataTable(Names, blocks, blockSeconds, range),
  })
}

function absence(result: Result): string {
  const { name, latency } = deliveryOf(result)
  if (result.metrics[latency] === undefined) return `No ${name} latency was measured, so there is no heat map.`
  return `No ${name} latency was kept block by block, so there is no heat map.`
}

function levelName(end: number, next: number | undefined, names: string): string {
  if (next === undefined) return `${countText(end)} and more ${names}`
  return next === end + 1 ? countText(end) : `${countText(end)} to ${countText(next - 1)}`
}

/** Neighbours in time become one rectangle. */
function runs(cells: readonly HeatCell[], blockSeconds: number, msAt: (row: number) => number): Rectangle[] {
  const found: Rectangle[] = []
  const last = new Map<number, { rectangle: Rectangle; block: number }>()
  for (const { block, row } of cells) {
    const before = last.get(row)
    if (before?.block === block - 1) {
      before.rectangle.to = (block + 1) * blockSeconds
      before.block = block
      continue
    }
    const rectangle = {
      from: block * blockSeconds,
      to: (block + 1) * blockSeconds,
      bottom: msAt(row),
      top: msAt(row + 1),
    }
    found.push(rectangle)
    last.set(row, { rectangle, block })
  }
  return found
}

/** Shaded phases would look like pushes: they get borders. */
function bordered(result: Result): object {
  const bands = phaseBands(result) as { data: [object, object][] }
  const itemStyle = { color: 'transparent', borderColor: 'var(--rule-2)', borderWidth: 1, borderType: 'dashed' }
  return { ...bands, data: bands.data.map(([from, to]) => [{ ...from, itemStyle }, to]) }
}

function described(
  result: Result,
  blocks: readonly BlockValues[],
  cells: readonly HeatCell[],
  blockSeconds: number,
  msAt: (row: number) => number,
): string {
  const shown = cells.reduce((sum, { count }) => sum + count, 0)
  const { latency, name, names } = deliveryOf(result)
  const measured = result.metrics[latency]?.all?.count ?? shown
  const fullest = cells.reduce((a, b) => (b.count > a.count ? b : a))
  const highest = cells.reduce((a, b) => (b.row > a.row ? b : a))
  const classText = (row: number) => `${threeDigits(msAt(row))} to ${msText(msAt(row + 1))}`
  const at = ({ block }: HeatCell) => elapsedText(block * blockSeconds)
  return [
    `A cell counts the ${names} of ${durationText(blockSeconds)} whose latency is in one class; the stronger its colour, the more.`,
    `${countText(shown)} of ${counted(measured, name, names)} in ${countText(blocks.length)} columns${shown < measured ? '; lost ones and those after the last whole column have none' : ''}.`,
    `Fullest: ${countText(fullest.count)} at ${classText(fullest.row)} from ${at(fullest)}; slowest: ${classText(highest.row)} from ${at(highest)}.`,
  ].join(' ')
}

/** 0.1, 1, 1,000 */
function endText(least: number, decade: number): string {
  return countText(Number((least * 10 ** decade).toPrecision(3)))
}

/** Coarser than the picture: decades, and at most thirty rows. */
function dataTable(
  Names: string,
  blocks: readonly BlockValues[],
  blockSeconds: number,
  range: { min: number; max: number },
): Html {
  const group = Math.ceil(blocks.length / longestTable)
  const rows = Array.from({ length: Math.ceil(blocks.length / group) }, (_, row) =>
    blocks.slice(row * group, (row + 1) * group).flat(),
  )
  const classes = Array.from({ length: Math.round(Math.log10(range.max / range.min)) }, (_, decade) => decade)
  const cells = rows.map(values => heatCells([values], range.min, 1))
  return table({
    caption: `${Names} by latency in blocks of ${durationText(group * blockSeconds)}`,
    columns: [
      { head: 'from', kind: 'number', isHead: true, cell: (row: number) => elapsedText(row * group * blockSeconds) },
      ...classes.map(decade => ({
        head: `${endText(range.min, decade)} to ${endText(range.min, decade + 1)} ms`,
        kind: 'number' as const,
        cell: (row: number) => countText(cells[row]?.find(cell => cell.row === decade)?.count ?? 0),
      })),
    ],
    rows: rows.map((_, row) => row),
  })
}
