import type { Values } from './figure.ts'
import { type Limit, type Machines, machinesFor, usedOf } from './limits.ts'
import type { PushMix } from './push-mix.ts'
import { queueAfterOutage } from './receiver-outage.ts'

export type Point = [x: number, y: number]

/** The same chats, more or fewer of them: messages and unprompted messages grow with the sessions. */
function scaled(values: Values, sessions: number): Values {
  const factor = sessions / values.sessions
  return {
    ...{ ...values, sessions },
    messagesPerSecond: values.messagesPerSecond * factor,
    agentMessagesPerSecond: values.agentMessagesPerSecond * factor,
  }
}

export interface HeadroomLine extends Pick<Limit, 'name' | 'of'> {
  /** Sessions, and the share of the limit that the busiest machine has free; below 0 = more than there is. */
  points: Point[]
}

export function headroomBySessions(
  values: Values,
  mix: PushMix,
  machines: Machines,
  sessions: readonly number[],
): HeadroomLine[] {
  const uses = sessions.map(count => usedOf(scaled(values, count), mix, machines))
  return (uses[0] ?? []).map(({ name, of }, at) => ({
    ...{ name, of },
    points: sessions.map((count, each): Point => [count, 1 - uses[each]![at]!.used]),
  }))
}

/** Notices that wait on the busiest node when its receiver answers again after so many milliseconds. */
export function queueByOutage(values: Values, mix: PushMix, nodes: number, outagesMs: readonly number[]): Point[] {
  return outagesMs.map(outageMs => [outageMs, queueAfterOutage(values, mix, nodes, outageMs)])
}

export interface CostPoint extends Machines {
  sessions: number
  /** Nodes and Chat Servers together, per 1,000 sessions. */
  perThousand: number
}

/** Where no number of machines is enough there is no point. */
export function costPerThousand(values: Values, mix: PushMix, sessions: readonly number[]): CostPoint[] {
  return sessions.flatMap((count): CostPoint[] => {
    const machines = machinesFor(scaled(values, count), mix)
    if ('error' in machines) return []
    const perThousand = ((machines.nodes + machines.chatServers) / count) * 1_000
    return [{ ...machines, sessions: count, perThousand }]
  })
}
