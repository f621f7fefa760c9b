import type { Clock, Process, Result } from '../../schemas/generated/types.ts'
import { type Html, html } from '../page/html.ts'
import { bytesText, countText, msText, percentText, threeDigits } from '../page/number-text.ts'
import { facts, table } from '../page/table.ts'
import { cpuOverTime } from './over-time.ts'

function knownBytes(bytes: number | null | undefined): string {
  return bytes == null ? '–' : bytesText(bytes)
}

/** '5, longest 17.7 ms' */
function pausesText({ gcCount, gcLongestMs }: Process): string {
  if (gcCount == null) return '–'
  return gcCount === 0 || gcLongestMs == null
    ? countText(gcCount)
    : `${countText(gcCount)}, longest ${msText(gcLongestMs)}`
}

/** Our own processes and clocks: what the measurement cost, and how far its clocks agree. */
export function selfMeasurement(result: Result): Html {
  const { processes, clocks } = result
  return html`<section aria-labelledby="machines"><h2 id="machines">Our own processes and clocks</h2>
${
  processes.length === 0
    ? ''
    : table<Process>({
        caption: 'Processes; CPU as share of one core',
        columns: [
          { head: 'Process', isHead: true, cell: ({ name }) => name },
          { head: 'CPU, mean', kind: 'number', cell: ({ cpuMean }) => percentText(cpuMean) },
          { head: 'CPU, highest', kind: 'number', cell: ({ cpuMax }) => percentText(cpuMax) },
          {
            head: 'Event-loop delay, p99',
            kind: 'number',
            cell: ({ loopDelayP99Ms }) => (loopDelayP99Ms === null ? '–' : msText(loopDelayP99Ms)),
          },
          { head: 'Pauses for garbage', kind: 'number', cell: pausesText },
          { head: 'Heap, highest', kind: 'number', cell: ({ heapMaxBytes }) => knownBytes(heapMaxBytes) },
          { head: 'Memory, highest', kind: 'number', cell: ({ rssMaxBytes }) => knownBytes(rssMaxBytes) },
        ],
        rows: processes,
      })
}
${cpuOverTime(result)}
${
  clocks.length === 0
    ? ''
    : table<Clock>({
        caption: 'Clocks, measured in the run',
        columns: [
          { head: 'From', isHead: true, cell: ({ from }) => from },
          { head: 'To', cell: ({ to }) => to },
          { head: 'Offset', kind: 'number', cell: ({ offsetMs }) => `${signedText(offsetMs)} ms` },
          { head: 'Bound, widest', kind: 'number', cell: ({ boundMs }) => `± ${msText(boundMs)}` },
          { head: 'Drift', kind: 'number', cell: driftText },
          { head: 'Rounds', kind: 'number', cell: ({ rounds }) => (rounds === undefined ? '–' : countText(rounds)) },
          { head: 'Set during the run', cell: stepsText },
        ],
        rows: clocks,
      })
}</section>`
}

/** The machine under them, and the versions. */
export function environment(result: Result): Html {
  const { environment: machine } = result
  return html`<section aria-labelledby="environment"><h2 id="environment">Environment</h2>
${facts([
  ['chatgauge', result.tool.version],
  ['Node', machine.node],
  ['k6', machine.k6],
  ['System', `${machine.os}, ${machine.arch}`],
  ['CPU', `${machine.cpus} × ${machine.cpuModel ?? 'unknown model'}`],
  ['Memory', bytesText(machine.memoryBytes)],
  ['Started', result.startedAt],
  ['Ended', result.endedAt],
])}</section>`
}

function signedText(value: number): string {
  return threeDigits(value).replace('-', '−')
}

function driftText({ driftPpm, driftBoundPpm }: Clock): string {
  if (driftPpm === undefined || driftPpm === null) return '–'
  return `${signedText(Math.round(driftPpm))} ± ${countText(Math.ceil(driftBoundPpm ?? 0))} ppm`
}

function stepsText({ steps = [] }: Clock): string {
  const most = 3
  const texts = steps.slice(0, most).map(({ at, byMs }) => `by ${signedText(byMs)} ms at ${at.slice(11, 19)}`)
  return [...texts, ...(steps.length > most ? [`${countText(steps.length - most)} times more`] : [])].join('; ')
}
