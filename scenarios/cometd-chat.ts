import { drain } from './clients/drain.ts'
import { followPlan } from './clients/follow-plan.ts'
import { openShard } from './clients/open-shard.ts'
import { fixStart, k6Options, type RunStart, readRun } from './clients/run.ts'

/**
 * Chat over CometD. A customer has a Bayeux session of its own, over a WebSocket or long polling, requests a chat on it,
 * says something now and then and hears what its agent says as notifications, unasked. A connection that is lost, with
 * `--cut` each of them once, comes back by itself, and the chat goes on from the last position that was heard (CV2-131).
 */
const run = readRun('cometd-chat')

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
