import { numberText } from '../../judging/number-text.ts'
import type { CapacityPlan } from '../../planning/capacity-plan.ts'
import type { Figures } from '../../planning/figure.ts'
import type { Limit, Machines } from '../../planning/limits.ts'
import { isExtrapolated } from '../../planning/measured-range.ts'
import { countRangeText, shareText, valueText } from './number-text.ts'

const word = (count: number, one: string) => (count === 1 ? one : `${one}s`)

/** '7 GMS nodes and 1 Chat Server' */
export function machinesText({ nodes, chatServers }: Machines): string {
  return `${numberText(nodes)} GMS ${word(nodes, 'node')} and ${numberText(chatServers)} Chat ${word(chatServers, 'Server')}`
}

export function answerSentence(
  { nodes, chatServers, first, range }: CapacityPlan,
  { sessions, headroom }: Figures,
): string {
  return (
    `${valueText(sessions.value, 'sessions')} need ${countRangeText(nodes)} GMS ${word(nodes.value, 'node')} and ` +
    `${countRangeText(chatServers)} Chat ${word(chatServers.value, 'Server')}, with ${shareText(headroom.value)} kept free; ` +
    `${runsOutFirst(first)} (${shareText(first.used)} used)${range.some(isExtrapolated) ? '; an extrapolation, see the notes' : ''}.`
  )
}

/** 'the push lane of a GMS node runs out first' */
export function runsOutFirst({ name, of }: Pick<Limit, 'name' | 'of'>): string {
  return name === 'sessions'
    ? `the sessions that a ${of} may hold run out first`
    : `the ${name} of a ${of} runs out first`
}

/** How far away the limit is. */
export function fullSentence({ full }: CapacityPlan): string {
  if (full.value === Number.POSITIVE_INFINITY) return 'Nothing is used up at any number of sessions.'
  const range = full.low === full.high ? '' : ` (${sessionsText(full.low)} to ${sessionsText(full.high)})`
  return `These machines are full at about ${sessionsText(full.value)} sessions${range}.`
}

/** Two digits: a third would be a claim that no run makes. */
export function sessionsText(sessions: number): string {
  return sessions === Number.POSITIVE_INFINITY ? 'any number of' : numberText(Number(sessions.toPrecision(2)))
}

export function spareSentence({ nodes, chatServers }: CapacityPlan): string {
  const more = { nodes: nodes.value + 1, chatServers: chatServers.value + 1 }
  return `To lose one of each and still keep that free: ${machinesText(more)}.`
}
