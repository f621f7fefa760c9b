import { expect } from 'vitest'
import { startChatgauge } from './run-chatgauge.ts'
import { childOf, stopFor, untilSteady } from './run-parts.ts'
import { itWithK6 } from './with-k6.ts'

/** Light, so that what was held up is soon done and only the stop shows. */
const workload = [
  ...['run', 'async-chat', '--sessions', '20', '--arrival', '20/s', '--warm-up', '1s', '--hold', '4s'],
  ...['--message-rate', '20/s', '--agent-rate', '20/s', '--reply-delay', '100ms', '--observe', '2s'],
  ...['--push', 'payload', '--seed', '3', '--shards', '2', '--threshold', 'push_latency p(90)<1000'],
]
const stopMs = 2_000

// On a slow machine a part that was stopped just as it slept is not always seen to have stood still, too.
itWithK6('everything stopped as on a laptop that sleeps: invalid, with when and how long', { retry: 1 }, async () => {
  const run = startChatgauge(workload)
  await untilSteady(run)
  const parts = [/k6.* run /, / serve /, / receive /].map(pattern => childOf(run, pattern))
  await stopFor(stopMs, [...parts, run.pid])
  const { exit, stdout, result } = await run.finished
  expect([exit, stdout]).toEqual([
    3,
    expect.stringMatching(/^INVALID {2}async-chat: everything stood still for [12]\.\d s at second \d/),
  ])
  expect(result!.validity).toContainEqual(expect.objectContaining({ name: 'standstill', ok: false }))
})

itWithK6('a stopped receiver is our limit, whatever the pushes took', async () => {
  const run = startChatgauge(workload)
  await untilSteady(run)
  await stopFor(stopMs, [childOf(run, / receive /)])
  const { exit, result } = await run.finished
  const codes = result!.verdict.reasons.map(({ code }) => code)
  expect([exit, codes]).toEqual([3, expect.arrayContaining(['intake_delay', 'push_latency'])])
  expect(result!.validity).toContainEqual(expect.objectContaining({ name: 'standstill', ok: true }))
})

itWithK6('a stopped target is slow, and that is judged', async () => {
  const run = startChatgauge(workload)
  await untilSteady(run)
  await stopFor(stopMs, [childOf(run, / serve /)])
  const { result } = await run.finished
  const reasons = result!.verdict.reasons.filter(({ kind }) => kind === 'threshold')
  expect(reasons.map(({ code }) => code)).toEqual(['push_latency'])
  const late = ['standstill', 'schedule_lateness', 'dropped_iterations', 'ledger']
  expect(result!.validity.filter(({ name, ok }) => !ok && late.includes(name))).toEqual([])
})
