import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect } from 'vitest'
import type { Clock, Result } from '../../schemas/generated/types.ts'
import { type Finished, type Running, runJudged, startChatgauge } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

const hourMs = 3_600_000
const workload = [
  ...['run', 'async-chat', '--sessions', '40', '--arrival', '40/s', '--warm-up', '1s', '--hold', '8s'],
  ...['--message-rate', '60/s', '--agent-rate', '0/s', '--reply-delay', 'uniform(100ms,400ms)', '--observe', '2s'],
  ...['--push', 'reliable:0.5,payload:0.5', '--seed', '3', '--shards', '2'],
  ...['--threshold', 'push_latency p(99)<15000'],
]

const receivers: ChildProcess[] = []
afterEach(() => {
  for (const child of receivers.splice(0)) child.kill('SIGKILL')
})

interface Host {
  url: string
  process: ChildProcess
}

async function host(offsetMs: number, driftPpm: number, stepMs = 0): Promise<Host> {
  const program = new URL('./shifted-receiver.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, String(offsetMs), String(driftPpm), String(stepMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  receivers.push(child)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { url: (JSON.parse(String(line)) as { url: string }).url, process: child }
}

async function runAgainst(offsetMs: number, driftPpm: number): Promise<Finished> {
  const { url } = await host(offsetMs, driftPpm)
  return runJudged(...workload, '--receiver', url)
}

const p50 = ({ metrics }: Result, series: string) => metrics[series]!.steady!.p50!.value!
const crossing = [
  'push_latency',
  'push_latency_raw',
  'push_pipeline',
  'confirm_time',
  'wakeup_delay',
  'refresh_latency',
]

itWithK6('a receiver whose clock is 3 h ahead and drifts by 100 ppm changes no number', async () => {
  const [here, there] = await Promise.all([runAgainst(0, 0), runAgainst(3 * hourMs, 100)])
  expect([here.exit, there.exit], there.stdout + here.stdout).toEqual([0, 0])
  const [one, other] = [here.result!, there.result!]
  const counts = ({ counters }: Result) => {
    const { messages_sent, sessions_started, pushes_lost, pushes_duplicate, requests_failed } = counters
    return { messages_sent, sessions_started, pushes_lost, pushes_duplicate, requests_failed }
  }
  expect(counts(other)).toEqual(counts(one))
  expect(other.rates.pushes_received!.achieved).toBeGreaterThan(one.rates.pushes_received!.achieved / 2)
  expect(Object.values(other.metrics).map(({ all }) => all!.negative)).toEqual(
    Object.values(other.metrics).map(() => 0),
  )
  const boundMs = Math.max(...other.clocks.map(clock => clock.boundMs))
  // Latency is not asserted: only that no second of three hours is in it.
  for (const series of crossing) {
    const difference = Math.abs(p50(other, series) - p50(one, series))
    expect(difference, series).toBeLessThan(2 * boundMs + 5 * p50(one, series) + 20)
  }
  const toReceiver = other.clocks.filter(({ to }) => to === 'receiver')
  expect(toReceiver.map(({ from }) => from).sort()).toEqual(['collector', 'shard 0', 'shard 1'])
  for (const { offsetMs, boundMs, driftPpm, driftBoundPpm, rounds, steps } of toReceiver as Required<Clock>[]) {
    // Its clock has drifted since it was started, a few milliseconds at most.
    expect(Math.abs(offsetMs - 3 * hourMs)).toBeLessThan(boundMs + 10)
    expect(Math.abs(driftPpm! - 100)).toBeLessThan(driftBoundPpm!)
    expect(driftBoundPpm).toBeLessThan(100)
    expect(rounds).toBeGreaterThan(20)
    expect(steps).toEqual([])
  }
})

async function untilSteady(run: Running): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!/ steady /.test(run.stderr())) {
    if (performance.now() > deadline) throw new Error(`no steady phase: ${run.stderr()}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

itWithK6('a receiver whose clock is set back in mid-run makes the run invalid, in words', async () => {
  const { url, process } = await host(-hourMs, -50, -2_000)
  const run = startChatgauge([...workload, '--receiver', url])
  await untilSteady(run)
  process.kill('SIGUSR2')
  const { exit, stdout, stderr, result, folder } = await run.finished
  expect([exit, stdout], JSON.stringify(result?.verdict.reasons)).toEqual([3, expect.stringMatching(/^INVALID/)])
  const reason = result!.verdict.reasons.find(({ code }) => code === 'clock_steps')!
  expect(reason.text).toMatch(/^the clock of the receiver was set back by 2\.0 s at second \d+$/)
  expect(`${stdout}${stderr}`).toContain(reason.text)
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(reason.text)
  const steps = result!.clocks.filter(({ to }) => to === 'receiver').map(clock => clock.steps!.length)
  expect(steps).toEqual([1, 1, 1])
})
