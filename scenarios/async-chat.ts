import { drain } from './clients/drain.ts'
import { followPlan } from './clients/follow-plan.ts'
import { openShard } from './clients/open-shard.ts'
import { fixStart, k6Options, type RunStart, readRun } from './clients/run.ts'

/**
 * Asynchronous chat as the documentation tells it. A customer requests a chat with the async and push user data, says
 * something now and then and is silent otherwise. Each push wakes it for one refresh from `nextPosition`; sparse pings
 * keep the session alive (CS-130). Some chats are ended by the customer, some by the agent, the rest in the drain,
 * which leaves nothing open. All of it is planned from the seed: a slow server makes latency, never less load.
 *
 * Over CometD (`--transport`) each customer has a connection as well, as a mobile app has: it hears every event unasked, is
 * pushed all the same (PUSH-110), and asks on that connection. A plain `k6 run` tells no push_latency then: what the
 * refresh shows was heard before.
 */
const run = readRun('async-chat')

export const options = k6Options(run)

export function setup(): RunStart {
  return fixStart(run)
}

/** One VU: a shard with its share of all sessions. */
export default async function (start: RunStart): Promise<void> {
  const shard = await openShard(run, start)
  await followPlan(shard)
  await drain(shard, 2 * run.options.arrival)
  await shard.close()
}
