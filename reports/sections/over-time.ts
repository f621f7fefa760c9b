import type { Result } from '../../schemas/generated/types.ts'
import { deliveryOf } from '../delivery.ts'
import {
  decades,
  elapsedAxis,
  faultStrip,
  grid,
  limitLine,
  line,
  linearAxis,
  logAxis,
  markLines,
} from '../page/chart-look.ts'
import { figure, strokes } from '../page/figure.ts'
import { type Html, html } from '../page/html.ts'
import { countText, durationText, elapsedText, msText, rateText, threeDigits } from '../page/number-text.ts'
import type { Zoom } from '../page/zoom-script.ts'
import { latencyLimit } from '../reading.ts'
import {
  type Drawn,
  dataTable,
  drawnColumns,
  highest,
  known,
  lengthSeconds,
  mean,
  phaseBands,
  points,
} from './interval-columns.ts'

/** A planted fault is there for the whole run; a strip at the foot of each figure over time says so. */
function faultLines(result: Result, floor: number): object[] {
  return result.target.fault === undefined ? [] : [faultStrip(0, lengthSeconds(result), floor)]
}

function faultLegend({ target }: Result): { planted?: string } {
  return target.fault === undefined ? {} : { planted: `planted fault: ${target.fault}` }
}

const zoomLines = (drawn: readonly Drawn[]): Zoom['lines'] =>
  drawn.map(({ column, name, stroke }) => ({
    column,
    name,
    color: stroke.color.slice(4, -1),
    width: stroke.width,
    dash: stroke.type === 'solid' ? [] : stroke.type,
  }))

export function latencyOverTime(result: Result, id = 'f1'): Html {
  const { Name, name: thing, latency } = deliveryOf(result)
  const drawn = drawnColumns(result, [
    [`${latency}_max`, 'max', strokes.fourth],
    [`${latency}_p99`, 'p99', strokes.second],
    [`${latency}_p90`, 'p90', strokes.third],
    [`${latency}_p50`, 'p50', strokes.first],
  ])
  if (drawn.length === 0) return html`<p class="quiet">No ${thing} latency was measured over time.</p>`
  const limit = latencyLimit(result)
  const all = drawn.flatMap(({ values }) => known(values))
  const range = decades([...all, ...(limit === undefined ? [] : [limit.value])])
  const peak = highest(all)
  const at = drawn[0]?.values.indexOf(peak) ?? -1
  const medians = known(drawn.at(-1)?.values ?? [])
  const lines = [...(limit === undefined ? [] : [limitLine(limit.value, limit.name)]), ...faultLines(result, range.min)]
  return figure({
    id,
    title: `${Name} latency over time`,
    description: `Per interval of ${durationText(result.intervals.seconds)}, from the planned instant. Median ${threeDigits(Math.min(...medians))} to ${msText(highest(medians))}; highest ${msText(peak)}${at < 0 ? '' : ` at ${elapsedText((at + 0.5) * result.intervals.seconds)}`}.`,
    option: {
      grid,
      xAxis: elapsedAxis(lengthSeconds(result)),
      yAxis: logAxis(range, 'ms, log scale'),
      series: drawn.map(({ name, stroke, values }, i) =>
        line(
          name,
          stroke,
          points(result, values).map(([x, y]) => [x, y === null ? null : Math.max(y, range.min)]),
          i > 0 ? {} : { markArea: phaseBands(result), ...markLines(lines) },
        ),
      ),
    },
    legend: drawn.toReversed(),
    shaded: 'warm-up and drain',
    ...faultLegend(result),
    data: dataTable(result, drawn.toReversed(), highest, msText, 'the highest value'),
    zoom: { lines: zoomLines(drawn), scale: 'log', unit: 'ms', range, ...(limit === undefined ? {} : { limit }) },
  })
}

function plainSeries(
  result: Result,
  id: string,
  title: string,
  unit: string,
  drawn: Drawn[],
  text: (value: number) => string,
  height?: number,
): Html {
  if (drawn.length === 0) return html``
  return figure({
    id,
    title,
    description: `${drawn.map(({ name, values }) => `${name} at most ${text(highest(known(values)))}`).join(', ')}.`,
    option: {
      grid,
      xAxis: elapsedAxis(lengthSeconds(result)),
      yAxis: linearAxis(unit),
      series: drawn.map(({ name, stroke, values }, i) =>
        line(
          name,
          stroke,
          points(result, values),
          i > 0 ? {} : { markArea: phaseBands(result), ...markLines(faultLines(result, 0)) },
        ),
      ),
    },
    legend: drawn,
    shaded: 'warm-up and drain',
    ...faultLegend(result),
    data: dataTable(result, drawn, mean, text, 'the mean'),
    zoom: { lines: zoomLines(drawn), scale: 'linear', unit },
    ...(height === undefined ? {} : { height }),
  })
}

export function ratesOverTime(result: Result): Html {
  const { names } = deliveryOf(result)
  const rates = drawnColumns(result, [
    [names, names, strokes.first],
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

export function cpuOverTime(result: Result): Html {
  const used = drawnColumns(result, [
    ['cpu_machine', 'the whole machine', strokes.first],
    ['cpu_k6', 'k6', strokes.second],
    ['cpu_reference_server', 'reference server', strokes.third],
    ['cpu_receiver', 'receiver', strokes.fourth],
  ])
  const title = `CPU over time, of ${result.environment.cpus} cores`
  return plainSeries(result, 'f5', title, 'cores', used, value => `${threeDigits(value)} cores`, 220)
}

/** Only where there were any: many runs have none of them. */
export function resendsOverTime(result: Result): Html {
  const drawn = drawnColumns(result, [
    ['resends', 'repetitions', strokes.first],
    ['duplicates', 'duplicates', strokes.second],
    ['out_of_order', 'out of order', strokes.third],
  ])
  return plainSeries(result, 'fr', 'Repetitions, duplicates and order over time', 'per second', drawn, rateText, 220)
}

export function connectionsOverTime(result: Result): Html {
  const drawn = drawnColumns(result, [
    ['connections_lost', 'lost', strokes.second],
    ['connections_resumed', 'back', strokes.first],
  ])
  return plainSeries(result, 'fl', 'Connections lost and back over time', 'per second', drawn, rateText, 220)
}

export function failuresOverTime(result: Result): Html {
  const drawn = drawnColumns(result, [['failures', 'failed requests', strokes.first]])
  return plainSeries(result, 'fe', 'Failed requests over time', 'per second', drawn, rateText, 220)
}
