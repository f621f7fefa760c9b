import type { ShardPlan } from './plan.ts'
import type { Shard } from './shard.ts'
import { createWheel } from './wheel.ts'

/** Values of the wheel: session × 2, plus 1 for its end. */
const ping = 0
const end = 1
const tickMs = 2
/** How far the wheel is looked through for the next action. */
const ticksAhead = 5

/**
 * Does what is planned up to an instant and was not done yet, nothing from the drain on.
 * @returns to be called on each tick, and once more when the plan is over: the last tick may have begun before the drain.
 * It tells until when there is nothing to do.
 */
export function createFollower(shard: Shard, plan: ShardPlan): (nowMs: number) => number {
  const wheel = createWheel(plan.phases.startMs, tickMs)

  function fire(value: number, atMs: number) {
    const session = shard.sessions.get(value >> 1)
    if (!session || session.state === 'over' || session.state === 'failed') return
    if ((value & 1) === end) return shard.act(session, { operation: 'disconnect', plannedMs: atMs })
    shard.act(session, { operation: 'ping', plannedMs: atMs })
    const next = plan.pingAfter(atMs)
    if (next !== undefined && next < session.plan.endsMs) wheel.add(next, value)
  }

  return nowMs => {
    const untilMs = Math.min(nowMs, plan.phases.drainMs)
    for (let next = plan.nextStart(untilMs); next; next = plan.nextStart(untilMs)) {
      shard.requestChat(next)
      const firstPing = plan.firstPing(next)
      if (firstPing !== undefined) wheel.add(firstPing, next.session * 2 + ping)
      if (next.endsBy === 'customer') wheel.add(next.endsMs, next.session * 2 + end)
    }
    for (let next = plan.nextMessage(untilMs); next; next = plan.nextMessage(untilMs))
      shard.say(next.slot, next.plannedMs)
    for (let next = plan.nextFile(untilMs); next; next = plan.nextFile(untilMs)) shard.share(next.slot, next.plannedMs)
    wheel.advance(untilMs, fire)
    return Math.min(plan.nextMs(), wheel.nextMs(ticksAhead))
  }
}
