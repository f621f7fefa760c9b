import { createWheel } from '../load/wheel.ts'
import type { OpenShard } from './open-shard.ts'

/** Values of the wheel: session × 2, plus 1 for its end. */
const ping = 0
const end = 1

/** Does everything of the plan at its instant, until the drain begins. */
export async function followPlan(open: OpenShard): Promise<void> {
  const { shard, plan, ticker } = open
  const wheel = createWheel(plan.phases.startMs, 2)

  function fire(value: number, atMs: number) {
    const session = shard.sessions[value >> 1]
    if (!session || session.state === 'over' || session.state === 'failed') return
    if ((value & 1) === end) return shard.act(session, { operation: 'disconnect', plannedMs: atMs })
    shard.act(session, { operation: 'ping', plannedMs: atMs })
    const next = plan.pingAfter(atMs)
    if (next !== undefined && next < session.plan.endsMs) wheel.add(next, value)
  }

  function follow(nowMs: number) {
    const untilMs = Math.min(nowMs, plan.phases.drainMs)
    for (let next = plan.nextStart(untilMs); next; next = plan.nextStart(untilMs)) {
      shard.requestChat(next)
      const firstPing = plan.firstPing(next)
      if (firstPing !== undefined) wheel.add(firstPing, next.session * 2 + ping)
      if (next.endsBy === 'customer') wheel.add(next.endsMs, next.session * 2 + end)
    }
    for (let next = plan.nextMessage(untilMs); next; next = plan.nextMessage(untilMs))
      shard.say(next.slot, next.plannedMs)
    wheel.advance(untilMs, fire)
  }

  open.onTick(follow)
  await ticker.until(open.isOver, Number.POSITIVE_INFINITY)
  open.onTick(() => {})
  // The last tick may have begun before the drain did: what was planned between them is still to be done.
  follow(open.now())
}
