import { pushModes } from '../../protocol/push/mode.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { fakeHistory } from '../fake-history.ts'
import { description, judged } from '../fake-judgement.ts'
import { makeResult } from '../result.ts'
import { generatorBooks, type ShardStory } from './fake-generator.ts'

export const shards = 8

/** Eight shards in all three modes; of some a push is lost, doubled, or an answer is of the wrong shape. */
export function shardStories(): ShardStory[] {
  return Array.from({ length: shards }, (_, shard) => {
    const mode = pushModes[shard % pushModes.length]!
    const story = { shard, ...fakeHistory({ seed: shard + 1, mode, shard }) }
    if (shard === 1) story.posts.splice(5, 1)
    if (shard === 2) story.posts.splice(9, 0, structuredClone(story.posts[8]!))
    if (shard === 4 || shard === 5) (story.rows[20]!.answer as Record<string, unknown>).statusCode = 'fine'
    return story
  })
}

/** What each of `of` generators makes of its shards; 1 = a whole run. */
export async function resultsOf(stories: readonly ShardStory[], of: number): Promise<Result[]> {
  const results: Result[] = []
  for (let part = 0; part < of; part += 1) {
    const facts = await generatorBooks(stories.filter(({ shard }) => shard % of === part))
    const options = { ...description.options, ...(of > 1 && { part: `${part + 1}/${of}` }) }
    const result = makeResult(facts, judged(facts), { ...description, options })
    results.push(JSON.parse(JSON.stringify(result)) as Result)
  }
  return results
}
