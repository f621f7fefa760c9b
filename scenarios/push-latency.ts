import { drain } from './clients/drain.ts'
import { followPlan } from './clients/follow-plan.ts'
import { openShard } from './clients/open-shard.ts'
import { fixStart, k6Options, type RunStart, readRun } from './clients/run.ts'

/**
 * A fixed rate of pushes and nothing else: agents speak unprompted at `--agent-rate`, customers are silent and only
 * refresh when they are pushed; no pings. The axes are the receiver's answer time (a lane sends 1 / that many a second,
 * PUSH-071) and the number of GMS nodes. Where the target has no agent, the customers speak at that rate instead and
 * are pushed their own activity (PUSH-023).
 */
const given = readRun('push-latency')
const run = given.hasAgent
  ? given
  : { ...given, options: { ...given.options, 'message-rate': given.options['agent-rate'] } }

export const options = k6Options(run)

export function setup(): RunStart {
  return fixStart(run)
}

export default async function (start: RunStart): Promise<void> {
  const shard = await openShard(run, start)
  await followPlan(shard)
  await drain(shard, 2 * run.options.arrival)
  await shard.close()
}
