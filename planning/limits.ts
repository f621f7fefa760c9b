import type { Values } from './figure.ts'
import { busiestShare, equalVariation, partsFor } from './imbalance.ts'
import { laneLoad } from './lane.ts'
import { loadOf } from './load.ts'
import type { PushMix } from './push-mix.ts'
import { pushTimeOfValues } from './push-time.ts'

export type Part = 'GMS node' | 'Chat Server'

export interface Machines {
  nodes: number
  chatServers: number
}

/** Something of which a part has only so much. */
export interface Limit {
  name: 'push lane' | 'CPU' | 'memory' | 'sessions'
  of: Part
  /** How many parts it takes for this limit alone, with the headroom. */
  needs: number
  /** Share of the limit that the busiest part uses, with as many parts as all limits together need. */
  used: number
}

export type Use = Omit<Limit, 'needs'>

/** Of which the busiest part uses most: it runs out first when everything grows. */
export function firstLimit<Of extends Use>(limits: readonly Of[]): Of {
  return limits.reduce((most, limit) => (limit.used > most.used ? limit : most))
}

/** A question that no number of machines answers. */
export interface NoCapacity {
  error: string
}

interface Demand {
  name: Limit['name']
  of: Part
  /** In units of what one part has: 2.5 = two and a half lanes. */
  parts: number
}

/**
 * The fewest machines that keep the headroom of every limit.
 * @param error what each demand is taken too high or too low by, 1 = as it is.
 */
export function machinesFor(values: Values, mix: PushMix, error = 1): Machines | NoCapacity {
  return machinesOf(neededFor(values, mix, error), values)
}

/** How much of each limit the busiest of so many machines uses. */
export function usedOf(values: Values, mix: PushMix, { nodes, chatServers }: Machines): Use[] {
  return demandsOf(values, mix).map(({ name, of, parts: demand }) => {
    const parts = of === 'GMS node' ? nodes : chatServers
    return { name, of, used: (demand / parts) * busiestShare(values.sessions, parts, variationOf(name, values)) }
  })
}

export interface Need {
  name: Limit['name']
  of: Part
  /** Undefined = more than anybody has. */
  parts: number | undefined
}

export function neededFor(values: Values, mix: PushMix, error = 1): Need[] {
  const { sessions, headroom } = values
  return demandsOf(values, mix).map(({ name, of, parts }) => ({
    ...{ name, of, parts: partsFor(parts * error, 1 - headroom, sessions, variationOf(name, values)) },
  }))
}

export function machinesOf(needs: readonly Need[], { headroom }: Values): Machines | NoCapacity {
  const none = needs.find(({ parts }) => parts === undefined)
  if (none)
    return { error: `no number of ${none.of}s up to 100,000 leaves ${headroom * 100} % of its ${none.name} free` }
  const most = (part: Part) => Math.max(1, ...needs.filter(({ of }) => of === part).map(({ parts }) => parts!))
  return { nodes: most('GMS node'), chatServers: most('Chat Server') }
}

function variationOf(name: Limit['name'], { talkVariation }: Values): number {
  return name === 'memory' || name === 'sessions' ? equalVariation : talkVariation
}

/** CPU of one program that is node and Chat Server at once is counted in full for both: too much rather than too little. */
function demandsOf(values: Values, mix: PushMix): Demand[] {
  const { sessions, cpuMs, cores, sessionBytes, memoryBytes, sessionsPerChatServer } = values
  const load = loadOf(values, mix)
  const cpu = cpuMs === undefined ? undefined : (load.operations * cpuMs) / 1_000 / cores
  const demands: (Omit<Demand, 'parts'> & { parts: number | undefined })[] = [
    { name: 'push lane', of: 'GMS node', parts: laneLoad(load.pushes, pushTimeOfValues(values)) },
    { name: 'CPU', of: 'GMS node', parts: cpu },
    { name: 'CPU', of: 'Chat Server', parts: cpu },
    { name: 'memory', of: 'Chat Server', parts: sessionBytes && (sessions * sessionBytes) / memoryBytes },
    { name: 'sessions', of: 'Chat Server', parts: sessionsPerChatServer && sessions / sessionsPerChatServer },
  ]
  return demands.filter((demand): demand is Demand => demand.parts !== undefined)
}
