import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readSample } from '../../reports/samples/read-sample.ts'
import { runChatgauge, runJudged } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

/** A result of the same load, made by hand: half of its pushes took a quarter of an hour. */
function slowBaseline(): string {
  const result = readSample('pass')
  const { steady } = result.metrics.push_latency!
  result.scenario = 'push-latency'
  result.options = {
    ...{ sessions: '20', arrival: '20/s', 'message-rate': '0/s', 'agent-rate': '210/s', push: 'payload' },
    ...{ 'reply-delay': 'uniform(1s,3s)', 'ping-interval': '0s' },
  }
  result.metrics = { push_latency: { steady: { ...steady!, p50: { value: 900_000, low: 800_000, high: 990_000 } } } }
  const path = join(mkdtempSync(join(tmpdir(), 'chatgauge-baseline-')), 'baseline.json')
  writeFileSync(path, JSON.stringify(result))
  return path
}

itWithK6('[PUSH-072] plan: the rate of a lane is what a full lane really sends, within 10 %', async () => {
  // More than a lane of 5 ms can carry: from the first second on one POST follows the other.
  const run = await runJudged(
    ...['run', 'push-latency', '--sessions', '20', '--arrival', '20/s', '--warm-up', '2s', '--hold', '5s'],
    ...['--agent-rate', '210/s', '--receiver-delay', '5ms', '--push', 'payload', '--seed', '8'],
    ...['--threshold', 'push_latency p(99)<60000'],
    ...['--baseline', slowBaseline(), '--max-regression', 'push_latency med 10%'],
  )
  expect(run.exit).toBe(0)
  const { word, regressions } = run.result!.comparison!
  expect([word, regressions.map(({ verdict }) => verdict)]).toEqual(['no regression', ['pass']])
  expect(existsSync(join(run.folder, 'comparison.html'))).toBe(true)
  const { phases, intervals } = run.result!
  const steady = phases.find(({ name }) => name === 'steady')!
  const from = Math.ceil((Date.parse(steady.start) - Date.parse(intervals.start)) / 1_000 / intervals.seconds)
  const sent = intervals.columns.pushes!.slice(from, from + 4).map(Number)
  const perSecond = sent.reduce((sum, each) => sum + each, 0) / sent.length

  const plan = await runChatgauge('plan', run.folder, '--sessions', '1000', '--message-rate', '50/s', '--json')
  const { capacity, figures } = JSON.parse(plan.stdout)
  expect([plan.exit, figures.pushMs.origin]).toEqual([0, 'measured'])
  expect(Math.abs(capacity.laneRate / perSecond - 1)).toBeLessThan(0.1)
})
