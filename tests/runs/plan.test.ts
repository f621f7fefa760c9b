import { expect } from 'vitest'
import { runChatgauge, runJudged } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

itWithK6('[PUSH-072] plan: the rate of a lane is what a full lane really sends, within 10 %', async () => {
  // More than a lane of 5 ms can carry: from the first second on one POST follows the other.
  const run = await runJudged(
    ...['run', 'push-latency', '--sessions', '20', '--arrival', '20/s', '--warm-up', '2s', '--hold', '5s'],
    ...['--agent-rate', '210/s', '--receiver-delay', '5ms', '--push', 'payload', '--seed', '8'],
    ...['--threshold', 'push_latency p(99)<60000'],
  )
  expect(run.exit).toBe(0)
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
