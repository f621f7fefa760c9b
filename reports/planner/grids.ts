import { numberText } from '../../judging/number-text.ts'
import type { Capacity } from '../../planning/capacity.ts'
import type { CapacityPlan } from '../../planning/capacity-plan.ts'
import { type Figure, type FigureName, type Figures, figureTable } from '../../planning/figure.ts'
import { firstLimit, type Limit, type NoCapacity } from '../../planning/limits.ts'
import { isExtrapolated } from '../../planning/measured-range.ts'
import { durationText, rateText, shareText, valueText } from './number-text.ts'
import { machinesText } from './sentences.ts'

/** Rows of words, for the terminal and for the page alike. */
export interface Grid {
  title: string
  /** Empty = on a terminal the rows speak for themselves. */
  heads: readonly string[]
  /** Columns of numbers, from 0. */
  numbers: readonly number[]
  rows: readonly (readonly string[])[]
}

export function carriedGrid({ capacity: { load } }: CapacityPlan): Grid {
  const events = load.reliableEvents + load.otherEvents
  const repeated = load.pushes > events * 1.005 ? `, ${numberText(load.pushes / events)} POSTs an event` : ''
  return {
    title: 'What it has to carry',
    heads: ['What', 'Per second', 'From'],
    numbers: [1],
    rows: [
      ['pings', rateText(load.pings), 'sessions / ping interval'],
      ['messages of customers', rateText(load.messages), ''],
      ['chats that start, and end', rateText(load.starts), 'sessions / length of a chat'],
      ['pushes', rateText(load.pushes), `answers, agents that come and go, repetitions${repeated}`],
      ['refreshes after a push', rateText(load.refreshes), 'a push without content makes the customer ask'],
      ['requests of customers, all', rateText(load.requests), ''],
    ],
  }
}

export const limitText = ({ name, of }: Pick<Limit, 'name' | 'of'>) => `${name} of a ${of}`

/** For columns: 'node push lane', 'Chat Server CPU'. */
export const shortLimit = ({ name, of }: Pick<Limit, 'name' | 'of'>) => `${of === 'GMS node' ? 'node' : of} ${name}`

export function limitsGrid({ capacity }: CapacityPlan): Grid {
  const { laneRate, meanWaitMs, nodes, busiestNode } = capacity
  const lane = `${rateText(laneRate)} per node; a push waits ${waitText(meanWaitMs)} for those before it (mean)`
  return {
    title: `What is used of it with ${machinesText(capacity)}`,
    heads: ['Limit', 'Used', 'Why'],
    numbers: [1],
    rows: [
      ...capacity.limits.map(limit => [
        limitText(limit),
        shareText(limit.used),
        limit.name === 'push lane' ? lane : `alone it would need ${numberText(limit.needs)}`,
      ]),
      ...(nodes === 1
        ? []
        : [
            [
              'the busiest node',
              shareText(busiestNode),
              'of the mean of all: sessions stay with the node that they got',
            ],
          ]),
    ],
  }
}

const waitText = (ms: number) => (ms === Number.POSITIVE_INFINITY ? 'longer and longer' : durationText(ms))

export function outageGrid({ capacity: { outage: after } }: CapacityPlan, { outageMs }: Figures): Grid {
  return {
    title: `A receiver that hangs for ${durationText(outageMs.value)}`,
    heads: ['After it', 'Value', 'Which means'],
    numbers: [1],
    rows: [
      ['pushes that wait when it answers again', numberText(after.queued), 'on the busiest node, repetitions included'],
      ['until they are gone', drainText(after), ''],
      ['longest outage that drains by itself', longestText(after.longestMs), 'beyond it repetitions fill the lane'],
    ],
  }
}

function drainText({ queued, drainMs }: Capacity['outage']): string {
  if (queued < 1) return 'at once'
  return drainMs === undefined ? 'never' : durationText(drainMs)
}

export function longestText(ms: number): string {
  if (ms === 0) return 'none'
  return ms === Number.POSITIVE_INFINITY ? '1 h or more' : durationText(ms)
}

export function whatIfGrid({ capacity, whatIf }: CapacityPlan, { outageMs }: Figures): Grid {
  return {
    title: 'What would change it',
    heads: [
      ...['', 'nodes', 'Chat Servers', 'pushes', 'requests', 'used'],
      ...['runs out first', `outage of ${durationText(outageMs.value)} drains in`, 'longest that drains'],
    ],
    numbers: [1, 2, 3, 4, 5, 7, 8],
    rows: [whatIfRow('as asked', capacity), ...whatIf.map(({ what, capacity: answer }) => whatIfRow(what, answer))],
  }
}

function whatIfRow(what: string, answer: Capacity | NoCapacity): string[] {
  if ('error' in answer) return [what, '–', '–', '–', '–', '–', answer.error, '–', '–']
  const first = firstLimit(answer.limits)
  return [
    what,
    numberText(answer.nodes),
    numberText(answer.chatServers),
    rateText(answer.load.pushes),
    rateText(answer.load.requests),
    shareText(first.used),
    shortLimit(first),
    drainText(answer.outage),
    longestText(answer.outage.longestMs),
  ]
}

export function rangeGrid({ range }: CapacityPlan): Grid {
  return {
    title: 'What a run has shown',
    heads: ['', 'planned', 'measured', ''],
    numbers: [1, 2],
    rows: range.map(row => {
      const { what, unit, planned, measured } = row
      const factor = measured ? `${numberText(planned / measured)} times what was measured` : 'never measured'
      const known = measured === undefined || measured === 0 ? '-' : valueText(measured, unit)
      return [what, valueText(planned, unit), known, isExtrapolated(row) ? `${factor}: extrapolated` : 'within']
    }),
  }
}

export function figuresGrid(figures: Figures, name: (option: string) => string = option => ` (--${option})`): Grid {
  return {
    title: 'Where the figures come from',
    heads: ['Figure', 'Value', 'Origin', 'Source'],
    numbers: [1],
    rows: Object.entries(figures).map(([key, figure]) => {
      const { what, unit, option } = figureTable[key as FigureName]
      return [
        what,
        intervalText(figure, unit),
        figure.origin,
        figure.origin === 'given' ? figure.from : `${figure.from}${name(option)}`,
      ]
    }),
  }
}

function intervalText({ value, low, high }: Figure, unit: Parameters<typeof valueText>[1]): string {
  const text = valueText(value, unit)
  return low === high ? text : `${text} (${valueText(low, unit)} to ${valueText(high, unit)})`
}
