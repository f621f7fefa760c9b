import type { Values } from './figure.ts'
import { busiestShare } from './imbalance.ts'
import { laneLoad, laneRate, meanWaitMs } from './lane.ts'
import { type Limit, type Machines, machinesOf, type NoCapacity, neededFor, usedOf } from './limits.ts'
import { type Load, loadOf } from './load.ts'
import type { PushMix } from './push-mix.ts'
import { pushTimeOfValues } from './push-time.ts'
import { afterOutageOf, longestOutageOf } from './receiver-outage.ts'

/** One answer of the model for one set of values. */
export interface Capacity extends Machines {
  load: Load
  laneRate: number
  limits: Limit[]
  /** How much more than the mean the busiest node carries, for sessions stay where they are: 1 = nothing. */
  busiestNode: number
  /** On the busiest node. */
  laneLoad: number
  meanWaitMs: number
  /** After an outage of `outageMs`: what waits on the busiest node, and until when. */
  outage: { queued: number; drainMs: number | undefined; longestMs: number }
}

/** @param given asks what so many machines do, instead of how many it takes. */
export function capacityOf(values: Values, mix: PushMix, given?: Machines): Capacity | NoCapacity {
  const needs = neededFor(values, mix)
  const machines = given ?? machinesOf(needs, values)
  if ('error' in machines) return machines
  const load = loadOf(values, mix)
  const time = pushTimeOfValues(values)
  const { nodes, chatServers } = machines
  const busiestNode = busiestShare(values.sessions, nodes, values.talkVariation)
  const pushes = (load.pushes / nodes) * busiestNode
  return {
    ...{ load, laneRate: laneRate(time), nodes, chatServers },
    limits: usedOf(values, mix, machines).map((use, at) => ({
      ...use,
      needs: needs[at]!.parts ?? Number.POSITIVE_INFINITY,
    })),
    busiestNode,
    laneLoad: laneLoad(pushes, time),
    meanWaitMs: meanWaitMs(pushes, time),
    outage: {
      ...afterOutageOf(values, mix, nodes),
      longestMs: longestOutageOf(values, mix, nodes),
    },
  }
}
