import { expect, test } from 'vitest'
import type { Result } from '../../schemas/generated/types.ts'
import { readSample } from '../samples/read-sample.ts'
import { errors } from './errors.ts'
import { latencyHeatMap } from './heat-map.ts'
import { perNode } from './per-node.ts'
import { resends } from './resends.ts'
import { pushStages } from './stages.ts'
import { violations } from './violations.ts'

/** What a reader reads, without markup. */
const words = ({ markup }: { markup: string }) =>
  markup
    .replace(/<svg[\s\S]*?<\/svg>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
const paths = ({ markup }: { markup: string }) => markup.match(/<path /g)?.length ?? 0

/** As it was before results had these members. */
function older(): Result {
  const { stages: _s, attempts: _a, failures: _f, nodes: _n, chatServers: _c, ...result } = readSample('pass')
  const { blocks: _b, ...intervals } = result.intervals
  const columns = Object.fromEntries(
    Object.entries(intervals.columns).filter(([name]) => !/^(staged|stage_|resends)/.test(name)),
  )
  return { ...result, intervals: { ...intervals, columns } }
}

test('each figure that a result has no data for is a sentence', () => {
  const result = older()
  expect([latencyHeatMap, pushStages, resends, perNode, errors].map(section => words(section(result)).trim())).toEqual([
    'No push latency was kept block by block, so there is no heat map.',
    'The stages of a push were not kept in this result; queue_wait and push_service_time are below.',
    expect.stringContaining('Attempts were not counted'),
    'By GMS node and Chat Server This result does not tell the nodes of the target apart.',
    'Errors by kind ✓ No request failed .',
  ])
  result.counters.requests_failed = 3
  expect(words(errors(result))).toContain('3 requests failed; this result does not tell their kinds.')
})

test('a run without pushes has neither figures nor sections of them', () => {
  const result = older()
  const ledger = { ...result.ledger, posts: 0 }
  expect(
    [pushStages, latencyHeatMap, resends, perNode].map(of => words(of({ ...result, ledger, metrics: {} }))),
  ).toEqual([
    ' No push came, so there are no stages of a push. ',
    ' No push latency was measured, so there is no heat map. ',
    '',
    '',
  ])
})

test('without a trace the stages are unknown, and so they are where no push names its event', () => {
  expect(words(pushStages(readSample('tiny')))).toContain('this target streams no trace')
  const result = older()
  result.nodes = [{ name: 'node1', posts: 9, chats: 1, sent: 9 }]
  expect(words(pushStages(result))).toContain('mode device-id')
})

test('the heat map tells its fullest and its slowest class, with few elements', () => {
  const map = latencyHeatMap(readSample('fail'))
  expect(words(map)).toMatch(
    /[\d,]+ of [\d,]+ pushes in 67 columns.*Fullest: \d+ at .* ms from .*; slowest: .* ms from/,
  )
  expect(paths(map)).toBeLessThan(60)
  expect(map.markup.length).toBeLessThan(80_000)
})

test('stages name the one that takes longest, by phase', () => {
  const text = words(pushStages(readSample('pass')))
  expect(text).toMatch(/Steady phase: [\d.]+ ms in all, most of it [\w ]+ \(\d+(\.\d)? %\)/)
  expect(text).toMatch(
    /Mean per stage, by the phase in which the event was accepted Phase Pushes .* warm-up [\d,]+ .* steady .* drain .* whole run/,
  )
})

test('attempts are counted, and a run without repetition says so', () => {
  const result = readSample('pass')
  result.attempts = [1_000, 20, 1]
  expect(words(resends(result))).toMatch(/0, first send 1,000 100 % 1 20 2 % 2 1 0\.1 %/)
  result.attempts = [1_000]
  expect(words(resends(result))).toContain('Each of 1,000 reliable notices was sent once')
})

test('nodes show their share, and what one after another allows', () => {
  const text = words(perNode(readSample('fail')))
  expect(text).toMatch(/GMS node POSTs read Share Chats .* node1 [\d,]+ 50\.8 % .* node2 .* At most Busy node1 .*\/s /)
  expect(text).toMatch(/Chat Server Chats begun .* 201 .* 202 /)
  const result = readSample('fail')
  result.nodes = [{ name: '', posts: 7, chats: 2 }]
  result.chatServers = []
  const onePath = words(perNode(result))
  expect(onePath).toContain('all, on one path 7 100 % 2')
  expect(onePath).toContain('its nodes cannot be told apart')
  expect(onePath).toContain('Chat Servers cannot be told apart: this target streams no trace.')
})

test('errors are listed by kind, with times since the start and a sample', () => {
  const result = readSample('pass')
  const at = (second: number) => new Date(Date.parse(result.startedAt) + 1_000 * second).toISOString()
  result.counters.requests_failed = 9
  result.failures = [
    { operation: 'send', outcome: 'HTTP 503', count: 8, first: at(31), last: at(95), sample: '{"busy":true}' },
    { operation: 'refresh', outcome: 'timeout', count: 1, first: at(40), last: at(40) },
  ]
  const text = words(errors(result))
  expect(text).toContain('9 requests failed, 2 kinds')
  expect(text).toContain('send HTTP 503 8 0:31 1:35 {&quot;busy&quot;:true} refresh timeout 1 0:40 0:40 –')
})

test('POSTs that failed are told by node', () => {
  const result = readSample('pass')
  const at = (second: number) => new Date(Date.parse(result.startedAt) + 1_000 * second).toISOString()
  result.failedPosts = [{ operation: 'gms-1', outcome: 'no answer', count: 4, first: at(1), last: at(62) }]
  expect(words(errors(result))).toMatch(
    /No request failed .* 4 POSTs of the target were not .* gms-1 no answer 4 0:01 1:02/,
  )
})

test('a broken rule is shown with its text and the message', () => {
  const result = readSample('fail')
  const text = words(violations(result))
  for (const { rule, example } of result.violations.byRule) {
    expect(text).toContain(rule)
    expect(text).toContain(example!.found.slice(0, 20).replaceAll('"', '&quot;'))
  }
  expect(text).toContain('The rule: ')
})
