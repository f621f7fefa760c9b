import { expect, test } from 'vitest'
import type { Result } from '../../schemas/generated/types.ts'
import { createChatServers } from '../chat-servers.ts'
import { createFailures } from '../failures.ts'
import { createStageBooks } from '../stage-sums.ts'
import { createTargetNodes } from '../target-nodes.ts'
import { mergedDetail } from './merged-detail.ts'

/** What happened at some instants; `every` and `at` choose a part of it. */
function detailOf(
  of: number,
  part: number,
): Pick<Result, 'stages' | 'attempts' | 'failures' | 'failedPosts' | 'losses' | 'nodes' | 'chatServers'> {
  const [failures, failedPosts, losses] = [createFailures(), createFailures(), createFailures()]
  const [nodes, chatServers] = [createTargetNodes(), createChatServers()]
  const attempts: number[] = []
  const stages = createStageBooks()
  for (let i = 0; i < 400; i += 1) {
    if (i % of !== part) continue
    const node = `node${1 + (Math.floor(i / 7) % 3)}`
    const attempt = i % 20 === 0 ? 1 + (i % 3) : 0
    while (attempts.length <= attempt) attempts.push(0)
    attempts[attempt]! += 1
    nodes.posted(node)
    nodes.begun(node, attempt, i > 100, 1 + (i % 37) / 3)
    nodes.answered(node, i % 50 === 0 ? 0 : 200, i > 100, 3 + (i % 11) / 7)
    if (i % 30 === 0) losses.add({ operation: 'connection', outcome: 'HTTP 502', atMs: 1_000 * i, answer: '' })
    if (i % 50 === 0) failedPosts.add({ operation: node, outcome: 'no answer', atMs: 1_000 * i, answer: '' })
    if (i % 4 === 0) nodes.joined(node)
    chatServers.accepted(i % 3 === 0 ? '201' : '202', 1 + (i % 5))
    chatServers.notified(i % 3 === 0 ? '201' : '202', i > 100, 0.2 + (i % 13) / 50)
    const times = { chatServer: 0.1 + i / 700, queue: (i % 41) / 3, way: 0.7, answer: -0.001 * (i % 3) }
    stages.add(i > 100 ? 'steady' : 'warm-up', times)
    if (i % 9 === 0)
      failures.add({
        operation: 'send',
        outcome: i % 2 ? 'HTTP 503' : 'timeout',
        atMs: 1_000 * i,
        answer: `answer ${i}`,
      })
  }
  const kinds = { failures: failures.all(), failedPosts: failedPosts.all(), losses: losses.all() }
  return { stages: stages.all(), attempts, ...kinds, nodes: nodes.all(), chatServers: chatServers.all() }
}

const stored = (detail: unknown) => JSON.parse(JSON.stringify(detail)) as Result

test.each([1, 2, 5])('what %i parts counted adds up to what one generator would have', of => {
  const parts = Array.from({ length: of }, (_, part) => stored(detailOf(of, part)))
  expect(mergedDetail(parts)).toEqual(stored(detailOf(1, 0)))
})

test('a part of an older version has nothing to add', () => {
  const whole = stored(detailOf(1, 0))
  expect(mergedDetail([{} as Result, whole])).toEqual(whole)
})
