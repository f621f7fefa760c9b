import { capacityOf, pushTimeOfValues } from './capacity.ts'
import type { Values } from './figure.ts'
import { busiestShare } from './imbalance.ts'
import { laneLoad } from './lane.ts'
import { loadOf } from './load.ts'
import { afterOutage } from './outage.ts'
import type { PushMix } from './push-mix.ts'

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

/** Share of the lane of the busiest of `nodes` that is free, by sessions; below 0 = it would take more than there is. */
export function headroomBySessions(values: Values, mix: PushMix, nodes: number, sessions: readonly number[]): Point[] {
  return sessions.map(count => {
    const at = scaled(values, count)
    const busiest = (loadOf(at, mix).pushes / nodes) * busiestShare(count, nodes)
    return [count, 1 - laneLoad(busiest, pushTimeOfValues(at))]
  })
}

/** Notices that wait on the busiest node when its receiver answers again after so many milliseconds. */
export function queueByOutage(values: Values, mix: PushMix, nodes: number, outagesMs: readonly number[]): Point[] {
  const load = loadOf(values, mix)
  const busiest = busiestShare(values.sessions, nodes) / nodes
  return outagesMs.map(outageMs => {
    const { timeoutMs, resendDelayMs, resendAttempts } = values
    const { queued } = afterOutage({
      ...{ outageMs, timeoutMs, resendDelayMs, resendAttempts, pushMs: pushTimeOfValues(values).meanMs },
      reliablePerSecond: load.reliableEvents * busiest,
      otherPerSecond: load.otherEvents * busiest,
    })
    return [outageMs, queued]
  })
}

/** Nodes and Chat Servers together per 1,000 sessions, by sessions; where no number of them is enough there is no point. */
export function costPerThousand(values: Values, mix: PushMix, sessions: readonly number[]): Point[] {
  return sessions.flatMap((count): Point[] => {
    const capacity = capacityOf(scaled(values, count), mix)
    return 'error' in capacity ? [] : [[count, ((capacity.nodes + capacity.chatServers) / count) * 1_000]]
  })
}
