import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect } from 'vitest'
import type { Result } from '../../schemas/generated/types.ts'
import { type Running, runChatgauge, startChatgauge } from './run-chatgauge.ts'
import { startReady } from './start-ready.ts'
import { itWithK6 } from './with-k6.ts'

const started: Running[] = []
afterEach(() => {
  for (const running of started.splice(0)) running.kill('SIGTERM')
})

/** Four shards, a third of a second between two messages of each; who shares the machine with the tests is not judged. */
const plan = [
  ...['run', 'async-chat', '--profile', 'smoke', '--shards', '4', '--seed', '11', '--agent-rate', '0/s'],
  ...['--message-rate', '30/s', '--hold', '3s', '--threshold', 'push_latency p(50)<60000'],
]

/** Nobody answers: what happens follows from the plan alone, and every own message is pushed. */
async function startTarget(): Promise<string[]> {
  const receiver = await startReady('receive')
  const server = await startReady('serve', '--no-agent', '--set', `push.customhttp.url=${receiver.url}/push`)
  started.push(receiver.running, server.running)
  return ['--target', server.url, '--receiver', receiver.url]
}

/** What follows from the plan, and what must never be. */
function planned({ counters, ledger }: Result) {
  const { sessions_started, messages_sent, pings_sent, pushes_lost, pushes_duplicate, pushes_foreign } = counters
  const { expected, byType, imbalances } = ledger
  const types = Object.entries(byType ?? {}).map(([type, of]) => [type, of.expected, of.delivered + of.covered])
  return {
    ...{ sessions_started, messages_sent, pings_sent, pushes_lost, pushes_duplicate, pushes_foreign },
    ...{ expected, types: types.sort(), imbalances, rules: counters.rule_violations },
  }
}

itWithK6('four generators that share target and receiver make together what one makes alone', async () => {
  const shared = await startTarget()
  // What k6 is told behind the dashes it does as ever.
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-whole-'))
  const points = join(folder, 'points.json')
  const one = await runChatgauge(...plan, ...shared, '--out', join(folder, 'result'), '--', '--out', `json=${points}`)
  const parts = [1, 2, 3, 4].map(part => startChatgauge([...plan, ...shared, '--part', `${part}/4`]))
  const finished = await Promise.all(parts.map(part => part.finished))
  const out = join(mkdtempSync(join(tmpdir(), 'chatgauge-merged-')), 'merged')
  const merged = await runChatgauge('merge', ...finished.map(({ folder }) => folder), '--out', out)

  const whole = planned(one.result!)
  const result = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as Result
  expect(planned(result)).toEqual(whole)
  expect(whole).toMatchObject({ sessions_started: 20, pushes_lost: 0, pushes_duplicate: 0, imbalances: [], rules: 0 })
  expect(whole.messages_sent).toBeGreaterThan(90)
  expect(whole.expected).toBeGreaterThan(whole.messages_sent!)
  expect(finished.map(each => each.result!.counters.sessions_started)).toEqual([5, 5, 5, 5])
  const lines = readFileSync(points, 'utf8').trim().split('\n')
  const requests = lines
    .map(line => JSON.parse(line))
    .filter(({ type, metric }) => type === 'Point' && metric === 'http_reqs')
  expect(requests.length).toBeGreaterThan(whole.messages_sent!)
  expect(merged.exit).toBe(result.verdict.exit)
  expect(readdirSync(out).sort()).toEqual([
    ...['histograms.hlog', 'junit.xml', 'report.html', 'result.json', 'summary.md', 'violations.ndjson'],
  ])
  const refused = await runChatgauge('merge', finished[0]!.folder, finished[1]!.folder)
  expect([refused.exit, refused.stderr]).toEqual([2, expect.stringContaining('part 3 of 4 is missing')])
})
