import { drain } from './clients/drain.ts'
import { followPlan } from './clients/follow-plan.ts'
import { openShard } from './clients/open-shard.ts'
import { fixStart, k6Options, type RunStart, readRun } from './clients/run.ts'

/**
 * Files beside chat. Customers of asynchronous chats ask for the limits, upload files and download them again over the
 * REST file calls, while they and their agents go on talking. Each of them goes beyond its limits on purpose: a forbidden
 * type, a file that is too large, one file too many, one download too many. Such refusals are counted apart
 * (`files_refused`) and are in no latency; an upload that ought to have been refused has failed.
 */
const run = readRun('file-transfer')

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
