import type { Values } from './figure.ts'
import { busiestShare } from './imbalance.ts'
import { loadOf } from './load.ts'
import { type AfterOutage, afterOutage, longestOutageMs, type Outage } from './outage.ts'
import type { PushMix } from './push-mix.ts'
import { pushTimeOfValues } from './push-time.ts'

/** What an outage does to the busiest of so many nodes. */
function onBusiest(values: Values, mix: PushMix, nodes: number): Omit<Outage, 'outageMs'> {
  const load = loadOf(values, mix)
  const busiest = busiestShare(values.sessions, nodes, values.talkVariation) / nodes
  return {
    reliablePerSecond: load.reliableEvents * busiest,
    otherPerSecond: load.otherEvents * busiest,
    pushMs: pushTimeOfValues(values).meanMs,
    timeoutMs: values.timeoutMs,
    resendDelayMs: values.resendDelayMs,
    resendAttempts: values.resendAttempts,
  }
}

/** What waits on the busiest node after an outage of `outageMs`, and until when. */
export function afterOutageOf(values: Values, mix: PushMix, nodes: number): AfterOutage {
  return afterOutage({ ...onBusiest(values, mix, nodes), outageMs: values.outageMs })
}

/** Only what waits, after an outage of any length. */
export function queueAfterOutage(values: Values, mix: PushMix, nodes: number, outageMs: number): number {
  return afterOutage({ ...onBusiest(values, mix, nodes), outageMs }, 0).queued
}

/** The longest outage of the receiver that drains by itself; 0 = none, Infinity = an hour or more. */
export function longestOutageOf(values: Values, mix: PushMix, nodes: number): number {
  return longestOutageMs(onBusiest(values, mix, nodes))
}
