import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { startChatgauge } from './run-chatgauge.ts'
import { childOf, untilSteady } from './run-parts.ts'
import { itWithK6 } from './with-k6.ts'

const workload = [
  ...['run', 'async-chat', '--sessions', '40', '--arrival', '40/s', '--warm-up', '1s', '--hold', '4s'],
  ...['--message-rate', '60/s', '--agent-rate', '40/s', '--reply-delay', 'uniform(100ms,400ms)', '--observe', '2s'],
  ...['--push', 'payload', '--seed', '3', '--shards', '2', '--threshold', 'push_latency p(99)<1500'],
]

itWithK6('a killed receiver makes the run invalid, and the report says so', async () => {
  const run = startChatgauge(workload)
  await untilSteady(run)
  process.kill(childOf(run, / receive /), 'SIGKILL')
  const { exit, stdout, folder, result } = await run.finished
  expect([exit, stdout]).toEqual([3, expect.stringMatching(/^INVALID {2}async-chat: .*receiver was killed by SIGKILL/)])
  expect(result!.verdict.reasons[0]).toMatchObject({ exit: 3, kind: 'validity' })
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('receiver was killed by SIGKILL')
})

itWithK6('k6 stopped for 2 s in mid-run makes the run invalid: its work was late or dropped', async () => {
  const run = startChatgauge(workload)
  await untilSteady(run)
  const k6 = childOf(run, /k6.* run /)
  process.kill(k6, 'SIGSTOP')
  await new Promise(resolve => setTimeout(resolve, 2_000))
  process.kill(k6, 'SIGCONT')
  const { exit, result } = await run.finished
  const codes = result!.verdict.reasons.map(reason => reason.code)
  expect(exit).toBe(3)
  expect(codes).toEqual(expect.arrayContaining(['schedule_lateness']))
})

itWithK6('a target that dies in mid-run fails it', async () => {
  const run = startChatgauge(workload)
  await untilSteady(run)
  process.kill(childOf(run, / serve /), 'SIGKILL')
  const { exit, result } = await run.finished
  expect(exit).toBe(1)
  expect(result!.verdict.reasons.map(reason => reason.text).join('\n')).toContain(
    'reference server was killed by SIGKILL',
  )
})

itWithK6('Ctrl-C drains and reports what was measured, marked so', async () => {
  const run = startChatgauge(workload)
  await untilSteady(run)
  run.kill('SIGINT')
  const { exit, stdout, result } = await run.finished
  expect([exit, stdout]).toEqual([130, expect.stringMatching(/^INTERRUPTED {2}async-chat: /)])
  expect(result!.counters.messages_sent).toBeGreaterThan(0)
})
