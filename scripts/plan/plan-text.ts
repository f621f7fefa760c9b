import { numberText } from '../../judging/number-text.ts'
import type { Capacity, NoCapacity } from '../../planning/capacity.ts'
import { type CapacityPlan, modelError } from '../../planning/capacity-plan.ts'
import { type Figure, type FigureName, type Figures, figureTable } from '../../planning/figure.ts'
import { isExtrapolated } from '../../planning/measured-range.ts'
import { countText, durationText, rateText, shareText, valueText } from './number-text.ts'

/** The first line is the answer; what follows is why, for someone who knows nothing of k6. */
export function planText(plan: CapacityPlan, figures: Figures): string {
  return [
    answerSentence(plan, figures),
    spareSentence(plan),
    ...plan.warnings.map(warning => `Note: ${warning}.`),
    ...section('What it has to carry', carried(plan.capacity)),
    ...section(`What is used of it with ${machines(plan)}`, limits(plan)),
    ...(plan.capacity.load.pushes === 0
      ? []
      : section(`A receiver that hangs for ${durationText(figures.outageMs.value)}`, outage(plan))),
    ...section('What would change it', whatIf(plan, figures)),
    ...section('What a run has shown', range(plan)),
    ...section('Where the figures come from', sources(figures)),
    '',
    `"to": what the sources leave open, and ${shareText(modelError)} for the model itself. docs/planning.md has the formulas.`,
  ].join('\n')
}

export function answerSentence(
  { nodes, chatServers, first, range }: CapacityPlan,
  { sessions, headroom }: Figures,
): string {
  return (
    `${valueText(sessions.value, 'sessions')} need ${countText(nodes)} GMS ${word(nodes.value, 'node')} and ` +
    `${countText(chatServers)} Chat ${word(chatServers.value, 'Server')}, with ${shareText(headroom.value)} kept free; ` +
    `the ${first.name} of a ${first.of} runs out first (${shareText(first.used)} used)${range.some(isExtrapolated) ? '; an extrapolation, see the notes' : ''}.`
  )
}

function spareSentence({ nodes, chatServers }: CapacityPlan): string {
  const [more, servers] = [nodes.value + 1, chatServers.value + 1]
  return `To lose one of each and keep that: ${numberText(more)} nodes and ${numberText(servers)} Chat Servers.`
}

const word = (count: number, one: string) => (count === 1 ? one : `${one}s`)
const machines = ({ nodes, chatServers }: CapacityPlan) =>
  `${numberText(nodes.value)} ${word(nodes.value, 'node')} and ${numberText(chatServers.value)} Chat ${word(chatServers.value, 'Server')}`

function carried({ load }: Capacity): string[][] {
  return [
    ['pings', rateText(load.pings), 'sessions / ping interval'],
    ['messages of customers', rateText(load.messages), ''],
    ['chats that start, and end', rateText(load.starts), 'sessions / length of a chat'],
    ['pushes', rateText(load.pushes), 'answers, agents that come and go, repetitions'],
    ['refreshes after a push', rateText(load.refreshes), 'a push without content makes the customer ask'],
    ['requests of customers, all', rateText(load.requests), ''],
  ]
}

function limits({ capacity }: CapacityPlan): string[][] {
  const { laneRate, meanWaitMs } = capacity
  const lane = `${rateText(laneRate)} per node; a push waits ${waitText(meanWaitMs)} for those before it (mean)`
  return capacity.limits.map(({ name, of, used, needs }) => [
    `${name} of a ${of}`,
    shareText(used),
    name === 'push lane' ? lane : `alone it would need ${numberText(needs)}`,
  ])
}

const waitText = (ms: number) => (ms === Number.POSITIVE_INFINITY ? 'longer and longer' : durationText(ms))

function outage({ capacity: { outage: after } }: CapacityPlan): string[][] {
  return [
    ['pushes that wait when it answers again', numberText(after.queued), 'on the busiest node, repetitions included'],
    ['until they are gone', drainText(after), ''],
    ['longest outage that drains by itself', longestText(after.longestMs), 'beyond it repetitions fill the lane'],
  ]
}

function drainText({ queued, drainMs }: Capacity['outage']): string {
  if (queued < 1) return 'at once'
  return drainMs === undefined ? 'never' : durationText(drainMs)
}

const longestText = (ms: number) => (ms === Number.POSITIVE_INFINITY ? '1 h or more' : durationText(ms))

function whatIf({ capacity, whatIf: rows }: CapacityPlan, { outageMs }: Figures): string[][] {
  const cells = (what: string, answer: Capacity | NoCapacity) =>
    'error' in answer
      ? [what, answer.error]
      : [
          what,
          numberText(answer.nodes),
          numberText(answer.chatServers),
          rateText(answer.load.pushes),
          rateText(answer.load.requests),
          shareText(answer.laneLoad),
          drainText(answer.outage),
          longestText(answer.outage.longestMs),
        ]
  const head = ['', 'nodes', 'Chat Servers', 'pushes', 'requests', 'lane used']
  return [
    [...head, `drained after ${durationText(outageMs.value)}`, 'longest outage'],
    cells('as asked', capacity),
    ...rows.map(({ what, capacity: answer }) => cells(what, answer)),
  ]
}

function range({ range: rows }: CapacityPlan): string[][] {
  return [
    ['', 'planned', 'measured', ''],
    ...rows.map(row => {
      const { what, unit, planned, measured } = row
      const factor = measured ? `${numberText(planned / measured)} times what was measured` : 'never measured'
      const known = measured === undefined ? '-' : valueText(measured, unit)
      return [what, valueText(planned, unit), known, isExtrapolated(row) ? `${factor}: extrapolated` : 'within']
    }),
  ]
}

function sources(figures: Figures): string[][] {
  return Object.entries(figures).map(([name, figure]) => {
    const { what, unit, option } = figureTable[name as FigureName]
    return [
      what,
      intervalText(figure, unit),
      figure.origin,
      figure.origin === 'given' ? figure.from : `${figure.from} (--${option})`,
    ]
  })
}

function intervalText({ value, low, high }: Figure, unit: Parameters<typeof valueText>[1]): string {
  const text = valueText(value, unit)
  return low === high ? text : `${text} (${valueText(low, unit)} to ${valueText(high, unit)})`
}

/** A heading and columns; numbers would be easier to compare flush right, but most cells are words. */
function section(title: string, rows: string[][]): string[] {
  const widths = rows.reduce<number[]>((most, row) => {
    for (const [at, cell] of row.slice(0, -1).entries()) most[at] = Math.max(most[at] ?? 0, cell.length)
    return most
  }, [])
  const lines = rows.map(row => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd())
  return ['', title, ...lines]
}
