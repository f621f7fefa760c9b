import type { Values } from './figure.ts'
import { busiestShare, equalVariation, partsFor, talkVariation } from './imbalance.ts'
import { laneLoad, laneRate, meanWaitMs } from './lane.ts'
import { type Load, loadOf } from './load.ts'
import { afterOutage, longestOutageMs } from './outage.ts'
import type { PushMix } from './push-mix.ts'
import { type PushTime, withTimeouts } from './push-time.ts'

export type Part = 'GMS node' | 'Chat Server'

/** Something of which a part has only so much. */
export interface Limit {
  name: 'push lane' | 'CPU' | 'memory' | 'sessions'
  of: Part
  /** How many parts it takes for this limit alone, with the headroom. */
  needs: number
  /** Share of the limit that the busiest part uses, with as many parts as all limits together need. */
  used: number
}

/** One answer of the model for one set of values. */
export interface Capacity {
  load: Load
  laneRate: number
  nodes: number
  chatServers: number
  limits: Limit[]
  /** On the busiest node. */
  laneLoad: number
  meanWaitMs: number
  /** After an outage of `outageMs`: what waits on the busiest node, and until when. */
  outage: { queued: number; drainMs: number | undefined; longestMs: number }
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

export function pushTimeOfValues({ pushMs, pushVariation, timeoutShare, timeoutMs }: Values): PushTime {
  const time = { meanMs: pushMs, squareMs2: pushMs ** 2 * (1 + pushVariation) }
  return withTimeouts(time, timeoutShare, timeoutMs)
}

/** @param error what each demand is taken too high or too low by, 1 = as it is. */
export function capacityOf(values: Values, mix: PushMix, error = 1): Capacity | NoCapacity {
  const { sessions, headroom } = values
  const load = loadOf(values, mix)
  const time = pushTimeOfValues(values)
  const demands = demandsOf(values, load, time)
  const limits = demands.map(demand => ({
    demand,
    needs: partsFor(demand.parts * error, 1 - headroom, sessions, variationOf(demand)),
  }))
  const none = limits.find(({ needs }) => needs === undefined)
  if (none)
    return {
      error: `no number of ${none.demand.of}s up to 100,000 leaves ${headroom * 100} % of its ${none.demand.name} free`,
    }
  const most = (part: Part) =>
    Math.max(1, ...limits.filter(({ demand }) => demand.of === part).map(({ needs }) => needs!))
  const nodes = most('GMS node')
  const chatServers = most('Chat Server')
  const busiest = busiestShare(sessions, nodes) / nodes
  const pushes = load.pushes * busiest
  return {
    ...{ load, laneRate: laneRate(time), nodes, chatServers },
    limits: limits.map(({ demand, needs }) => {
      const parts = demand.of === 'GMS node' ? nodes : chatServers
      return {
        name: demand.name,
        of: demand.of,
        needs: needs!,
        used: (demand.parts / parts) * busiestShare(sessions, parts, variationOf(demand)),
      }
    }),
    laneLoad: laneLoad(pushes, time),
    meanWaitMs: meanWaitMs(pushes, time),
    outage: outageOf(values, load, time, busiest),
  }
}

function variationOf({ name }: Demand): number {
  return name === 'memory' || name === 'sessions' ? equalVariation : talkVariation
}

/** CPU of one program that is node and Chat Server at once is counted in full for both: too much rather than too little. */
function demandsOf(values: Values, load: Load, time: PushTime): Demand[] {
  const { sessions, cpuMs, cores, sessionBytes, memoryBytes, sessionsPerChatServer } = values
  const cpu = cpuMs === undefined ? undefined : (load.operations * cpuMs) / 1_000 / cores
  const demands: (Omit<Demand, 'parts'> & { parts: number | undefined })[] = [
    { name: 'push lane', of: 'GMS node', parts: laneLoad(load.pushes, time) },
    { name: 'CPU', of: 'GMS node', parts: cpu },
    { name: 'CPU', of: 'Chat Server', parts: cpu },
    { name: 'memory', of: 'Chat Server', parts: sessionBytes && (sessions * sessionBytes) / memoryBytes },
    { name: 'sessions', of: 'Chat Server', parts: sessionsPerChatServer && sessions / sessionsPerChatServer },
  ]
  return demands.filter((demand): demand is Demand => demand.parts !== undefined)
}

function outageOf(values: Values, load: Load, time: PushTime, busiest: number): Capacity['outage'] {
  const outage = {
    reliablePerSecond: load.reliableEvents * busiest,
    otherPerSecond: load.otherEvents * busiest,
    pushMs: time.meanMs,
    timeoutMs: values.timeoutMs,
    resendDelayMs: values.resendDelayMs,
    resendAttempts: values.resendAttempts,
  }
  return { ...afterOutage({ ...outage, outageMs: values.outageMs }), longestMs: longestOutageMs(outage) }
}
