import type { ShardPlan } from './plan.ts'
import type { Session } from './session.ts'
import type { Shard } from './shard.ts'
import { createWheel } from './wheel.ts'

/** Values of the wheel: session × 4, plus what is to be done. */
const ping = 0
const end = 1
const cut = 2
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
    const session = shard.sessions.get(value >> 2)
    if (!session || session.state === 'over' || session.state === 'failed') return
    if ((value & 3) === end) return leave(session, atMs)
    if ((value & 3) === cut) return shard.act(session, { operation: 'cut', plannedMs: atMs })
    shard.act(session, { operation: 'ping', plannedMs: atMs })
    const next = plan.pingAfter(atMs)
    if (next !== undefined && next < session.plan.endsMs) wheel.add(next, value)
  }

  function leave(session: Session, plannedMs: number) {
    // What was said to it and never pushed would be nobody's knowledge afterwards.
    shard.act(session, { operation: shard.isComet ? 'finalRefresh' : 'refresh', plannedMs })
    shard.act(session, { operation: 'disconnect', plannedMs, isNext: true })
  }

  return nowMs => {
    const untilMs = Math.min(nowMs, plan.phases.drainMs)
    for (let next = plan.nextStart(untilMs); next; next = plan.nextStart(untilMs)) {
      shard.requestChat(next)
      const firstPing = plan.firstPing(next)
      if (firstPing !== undefined) wheel.add(firstPing, next.session * 4 + ping)
      const cutMs = plan.cutMs(next)
      if (cutMs !== undefined) wheel.add(cutMs, next.session * 4 + cut)
      if (next.endsBy === 'customer') wheel.add(next.endsMs, next.session * 4 + end)
    }
    for (let next = plan.nextMessage(untilMs); next; next = plan.nextMessage(untilMs))
      shard.say(next.slot, next.plannedMs)
    for (let next = plan.nextFile(untilMs); next; next = plan.nextFile(untilMs)) shard.share(next.slot, next.plannedMs)
    wheel.advance(untilMs, fire)
    return Math.min(plan.nextMs(), wheel.nextMs(ticksAhead))
  }
}
