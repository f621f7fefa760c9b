import { createFollower } from '../load/follower.ts'
import { atRest, type OpenShard } from './open-shard.ts'

/** Does everything of the plan at its instant, until the drain begins. */
export async function followPlan(open: OpenShard): Promise<void> {
  const follow = createFollower(open.shard, open.plan)
  open.onTick(follow)
  await open.ticker.until(open.isOver, Number.POSITIVE_INFINITY)
  open.onTick(atRest)
  follow(open.now())
}
